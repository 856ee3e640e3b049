using Stedi.DevStack.Temporal.Engine.Executions;
using Stedi.DevStack.Temporal.Engine.Transitions;

namespace Stedi.DevStack.Temporal.Engine.Lifecycle;

/// <summary>Closes a run: by its own command, from outside, or by time.</summary>
public static class RunCloser
{
    /// <summary>Closes by a command of the workflow task that has just completed.</summary>
    public static void Close(Transaction tx, HistoryEvent closeEvent)
    {
        tx.Append(closeEvent);
        WorkflowTaskMachine.Abandon.Fire(tx.State.WorkflowTask, tx, default);
        tx.State.FirstTaskDue = null;
        tx.State.StickyQueue = "";
        tx.State.Activities.Clear();
        tx.State.Timers.Clear();
        CloseFamily(tx, closeEvent);
    }

    /// <summary>Closes from outside: a running workflow task is failed first, and what was buffered is written.</summary>
    public static void CloseByForce(Transaction tx, HistoryEvent closeEvent)
    {
        var task = tx.State.WorkflowTask;
        if (task.Phase == WorkflowTaskPhase.Started)
        {
            if (!task.IsTransient)
            {
                tx.Append(WorkflowTaskEvents.Failed(task, new(WorkflowTaskFailedCause.ForceCloseCommand, null, "")));
            }

            WorkflowTaskMachine.Abandon.Fire(task, tx, default);
            tx.FlushBuffer();
        }

        Close(tx, closeEvent);
    }

    public static void Terminate(Transaction tx, string reason, Payloads? details, string identity) => CloseByForce(tx, new()
    {
        WorkflowExecutionTerminatedEventAttributes = new() { Reason = reason, Details = details, Identity = identity },
    });

    /// <summary>The run, or its whole chain of runs, took too long; a timed-out run may be tried again.</summary>
    public static void TimeOut(Transaction tx)
    {
        var failure = new Failure { Source = "Server", Message = "workflow timeout", TimeoutFailureInfo = new() { TimeoutType = TimeoutType.StartToClose } };
        var isChainOver = tx.State.ExecutionExpiration is { } end && end <= tx.Now;
        var (successor, retryState) = isChainOver ? (null, RetryState.Timeout) : Successors.AfterFailure(tx, failure);
        CloseByForce(tx, new()
        {
            WorkflowExecutionTimedOutEventAttributes = new() { RetryState = retryState, NewExecutionRunId = successor?.RunId ?? "" },
        });
        Successors.Start(tx, successor);
    }

    private static void CloseFamily(Transaction tx, HistoryEvent closeEvent)
    {
        foreach (var child in tx.State.Children.Values.Where(c => c.ParentClosePolicy != ParentClosePolicy.Abandon))
        {
            tx.Send(new CloseChild(child.WorkflowId, child.RunId, child.ParentClosePolicy));
        }

        if (tx.State.Parent is not null && SuccessorOf(closeEvent).Length == 0)
        {
            tx.Send(new NotifyParent(closeEvent));
        }
    }

    // A parent waits for the end of the chain of runs, not of each.
    private static string SuccessorOf(HistoryEvent closeEvent) => closeEvent.AttributesCase switch
    {
        HistoryEvent.AttributesOneofCase.WorkflowExecutionContinuedAsNewEventAttributes =>
            closeEvent.WorkflowExecutionContinuedAsNewEventAttributes.NewExecutionRunId,
        HistoryEvent.AttributesOneofCase.WorkflowExecutionCompletedEventAttributes =>
            closeEvent.WorkflowExecutionCompletedEventAttributes.NewExecutionRunId,
        HistoryEvent.AttributesOneofCase.WorkflowExecutionFailedEventAttributes =>
            closeEvent.WorkflowExecutionFailedEventAttributes.NewExecutionRunId,
        HistoryEvent.AttributesOneofCase.WorkflowExecutionTimedOutEventAttributes =>
            closeEvent.WorkflowExecutionTimedOutEventAttributes.NewExecutionRunId,
        _ => "",
    };
}
