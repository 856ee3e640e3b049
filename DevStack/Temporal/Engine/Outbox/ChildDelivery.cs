using Grpc.Core;
using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Commits;
using Stedi.DevStack.Temporal.Engine.Executions;
using Stedi.DevStack.Temporal.Engine.Lifecycle;
using Stedi.DevStack.Temporal.Engine.Transitions;

namespace Stedi.DevStack.Temporal.Engine.Outbox;

/// <summary>Delivers messages between parents and children.</summary>
internal sealed class ChildDelivery(ExecutionDirectory executions)
{
    public async Task<Action<Transaction>> StartAsync(Envelope envelope, StartChild message)
    {
        var initiated = envelope.Sender.History[message.InitiatedEventId].StartChildWorkflowExecutionInitiatedEventAttributes;
        try
        {
            var runId = await executions.DecideAsync(
                new WorkflowKey(initiated.Namespace, initiated.WorkflowId), work => Start(work, envelope, message, initiated));
            return tx => IfInitiated(tx, message, child => ChildMachine.Start.Fire(child, tx, runId));
        }
        catch (RequestException e) when (e.Code == StatusCode.AlreadyExists)
        {
            return tx => IfInitiated(tx, message, child => ChildMachine.FailToStart.Fire(
                child, tx, StartChildWorkflowExecutionFailedCause.WorkflowAlreadyExists));
        }
    }

    public async Task<Action<Transaction>> NotifyParentAsync(Envelope envelope, NotifyParent message)
    {
        var started = envelope.Sender.Started;
        await executions.DecideAsync(
            new WorkflowKey(started.ParentWorkflowNamespace, started.ParentWorkflowExecution.WorkflowId), work =>
            {
                if (work.Open(started.ParentWorkflowExecution.RunId) is not { State.IsRunning: true } parent
                    || !parent.State.Children.TryGetValue(started.ParentInitiatedEventId, out var child))
                {
                    return false;
                }

                if (ChildMachine.Start.IsPossible(child))
                {
                    // The child closed before its start was recorded in the parent.
                    ChildMachine.Start.Fire(child, parent, started.FirstExecutionRunId);
                }

                if (ChildMachine.Close.IsPossible(child))
                {
                    ChildMachine.Close.Fire(child, parent, ChildEvents.Closed(child, envelope, message.CloseEvent));
                }

                return true;
            });
        return _ => { };
    }

    public async Task<Action<Transaction>> CloseAsync(Envelope envelope, CloseChild message)
    {
        await executions.DecideAsync(new WorkflowKey(envelope.Namespace, message.WorkflowId), work =>
        {
            // The child may have continued as new: close the current run if it is still a child of this parent.
            if (work.Current() is not { State.IsRunning: true } child || child.State.Parent?.RunId != envelope.Run.RunId)
            {
                return false;
            }

            if (message.Policy == ParentClosePolicy.RequestCancel)
            {
                RunRequests.Cancel(child, new() { ExternalWorkflowExecution = envelope.Run }, $"{envelope.Run.RunId}:close");
            }
            else
            {
                RunCloser.Terminate(child, "by parent close policy", null, "history-service");
            }

            return true;
        });
        return _ => { };
    }

    private static string Start(
        UnitOfWork work, Envelope envelope, StartChild message, StartChildWorkflowExecutionInitiatedEventAttributes initiated)
    {
        var requestId = envelope.RequestId(message.InitiatedEventId);
        var existing = WorkflowIdClaim.Claim(work, new(initiated.WorkflowIdReusePolicy, WorkflowIdConflictPolicy.Fail, requestId), "");
        return (existing ?? RunStarter.Start(work, ChildEvents.NewRun(envelope, message, initiated, requestId, work.Now))).State.RunId;
    }

    private static void IfInitiated(Transaction tx, StartChild message, Action<ChildState> act)
    {
        if (tx.State.IsRunning && tx.State.Children.TryGetValue(message.InitiatedEventId, out var child) && ChildMachine.Start.IsPossible(child))
        {
            act(child);
        }
    }
}
