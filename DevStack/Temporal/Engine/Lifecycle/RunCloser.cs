using Stedi.DevStack.Temporal.Engine.Executions;
using Stedi.DevStack.Temporal.Engine.Transitions;

namespace Stedi.DevStack.Temporal.Engine.Lifecycle;

/// <summary>Closes a run: by its own command, by a request, or by a timeout.</summary>
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
        NotifyChildrenAndParent(tx, closeEvent);
    }

    /// <summary>Closes by a request or timeout: a running workflow task is failed first, and buffered events are written.</summary>
    public static void ForceClose(Transaction tx, HistoryEvent closeEvent)
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

    public static void Terminate(Transaction tx, string reason, Payloads? details, string identity) => ForceClose(tx, new()
    {
        WorkflowExecutionTerminatedEventAttributes = new() { Reason = reason, Details = details, Identity = identity },
    });

    /// <summary>Closes a run because of its run or execution timeout. After a run timeout its retry policy or cron schedule may start another run.</summary>
    public static void TimeOut(Transaction tx)
    {
        var failure = new Failure { Source = "Server", Message = "workflow timeout", TimeoutFailureInfo = new() { TimeoutType = TimeoutType.StartToClose } };
        var isChainOver = tx.State.ExecutionExpiration is { } end && end <= tx.Now;
        var (successor, retryState) = isChainOver ? (null, RetryState.Timeout) : Successors.AfterFailure(tx, failure);
        ForceClose(tx, new()
        {
            WorkflowExecutionTimedOutEventAttributes = new() { RetryState = retryState, NewExecutionRunId = successor?.RunId ?? "" },
        });
        Successors.Start(tx, successor);
    }

    private static void NotifyChildrenAndParent(Transaction tx, HistoryEvent closeEvent)
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

    // A parent waits for the last run of the chain, not for each run.
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
