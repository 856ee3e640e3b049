using Grpc.Core;
using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Commits;
using Stedi.DevStack.Temporal.Engine.Executions;
using Stedi.DevStack.Temporal.Engine.Lifecycle;
using Stedi.DevStack.Temporal.Engine.Transitions;

namespace Stedi.DevStack.Temporal.Engine.Outbox;

/// <summary>Delivers signals and cancel requests to other workflows.</summary>
internal sealed class ExternalDelivery(ExecutionDirectory executions)
{
    public async Task<Action<Transaction>> SignalAsync(Envelope envelope, SignalExternal message)
    {
        var initiated = envelope.Sender.History[message.InitiatedEventId].SignalExternalWorkflowExecutionInitiatedEventAttributes;
        var isFound = await TryAsync(initiated.Namespace, initiated.WorkflowExecution, target => RunRequests.Signal(
            target,
            new()
            {
                SignalName = initiated.SignalName,
                Input = initiated.Input,
                Header = initiated.Header,
                ExternalWorkflowExecution = envelope.Run,
            },
            envelope.RequestId(message.InitiatedEventId),
            []));
        return tx => Settle(tx, tx.State.ExternalSignals, message.InitiatedEventId, isFound
            ? new()
            {
                ExternalWorkflowExecutionSignaledEventAttributes = new()
                {
                    InitiatedEventId = message.InitiatedEventId,
                    Namespace = initiated.Namespace,
                    WorkflowExecution = initiated.WorkflowExecution,
                    Control = initiated.Control,
                },
            }
            : new()
            {
                SignalExternalWorkflowExecutionFailedEventAttributes = new()
                {
                    Cause = SignalExternalWorkflowExecutionFailedCause.ExternalWorkflowExecutionNotFound,
                    InitiatedEventId = message.InitiatedEventId,
                    Namespace = initiated.Namespace,
                    WorkflowExecution = initiated.WorkflowExecution,
                    WorkflowTaskCompletedEventId = initiated.WorkflowTaskCompletedEventId,
                    Control = initiated.Control,
                },
            });
    }

    public async Task<Action<Transaction>> CancelAsync(Envelope envelope, CancelExternal message)
    {
        var initiated = envelope.Sender.History[message.InitiatedEventId].RequestCancelExternalWorkflowExecutionInitiatedEventAttributes;
        var isFound = await TryAsync(initiated.Namespace, initiated.WorkflowExecution, target => RunRequests.Cancel(
            target,
            new()
            {
                Cause = initiated.Reason,
                ExternalInitiatedEventId = message.InitiatedEventId,
                ExternalWorkflowExecution = envelope.Run,
            },
            envelope.RequestId(message.InitiatedEventId)));
        return tx => Settle(tx, tx.State.ExternalCancels, message.InitiatedEventId, isFound
            ? new()
            {
                ExternalWorkflowExecutionCancelRequestedEventAttributes = new()
                {
                    InitiatedEventId = message.InitiatedEventId,
                    Namespace = initiated.Namespace,
                    WorkflowExecution = initiated.WorkflowExecution,
                },
            }
            : new()
            {
                RequestCancelExternalWorkflowExecutionFailedEventAttributes = new()
                {
                    Cause = CancelExternalWorkflowExecutionFailedCause.ExternalWorkflowExecutionNotFound,
                    InitiatedEventId = message.InitiatedEventId,
                    Namespace = initiated.Namespace,
                    WorkflowExecution = initiated.WorkflowExecution,
                    WorkflowTaskCompletedEventId = initiated.WorkflowTaskCompletedEventId,
                    Control = initiated.Control,
                },
            });
    }

    private async Task<bool> TryAsync(string @namespace, WorkflowExecution target, Action<Transaction> act)
    {
        try
        {
            await executions.DecideAsync(@namespace, target, tx =>
            {
                if (!tx.State.IsRunning)
                {
                    throw RpcErrors.AlreadyCompleted();
                }

                act(tx);
            });
            return true;
        }
        catch (RequestException e) when (e.Code == StatusCode.NotFound)
        {
            return false;
        }
    }

    private static void Settle(
        Transaction tx, SortedDictionary<long, ExternalRequestState> requests, long initiatedEventId, HistoryEvent outcome)
    {
        if (tx.State.IsRunning && requests.TryGetValue(initiatedEventId, out var request) && ExternalRequestMachine.Answer.IsPossible(request))
        {
            ExternalRequestMachine.Answer.Fire(request, tx, outcome);
        }
    }
}
