using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Transitions;

namespace Stedi.DevStack.Temporal.Engine.Lifecycle;

/// <summary>Which of the old run's later events are reapplied to the new run.</summary>
public sealed record ResetReapply(bool Signals, bool Cancellation);

/// <summary>Starts a run with the history of another up to one of its workflow tasks.</summary>
public static class RunReset
{
    /// <param name="work">The unit of work of the workflow id.</param>
    /// <param name="from">The run to reset; it may be closed.</param>
    /// <param name="finishEventId">The event that ended a workflow task. The new run repeats that task.</param>
    /// <param name="reason">The reason, recorded in history.</param>
    /// <param name="requestId">The idempotency key of the reset.</param>
    /// <param name="reapply">What to reapply.</param>
    /// <exception cref="RequestException">No workflow task ended with that event.</exception>
    public static Transaction Reset(
        UnitOfWork work, Transaction from, long finishEventId, string reason, string requestId, ResetReapply reapply)
    {
        var startedEventId = StartedEventOf(from, finishEventId);
        HistoryEvent[] shared = [.. from.History.From(1, (int)startedEventId).Select(e => e.Clone())];
        HistoryEvent[] later = [.. from.History.From(startedEventId + 1)];
        if (work.Current() is { State.IsRunning: true } current)
        {
            RunCloser.Terminate(current, $"reset: {reason}", null, "");
        }

        var reset = work.Create(Guid.NewGuid().ToString());
        foreach (var e in shared)
        {
            reset.Replay(e);
        }

        Restart(reset, requestId);
        FailTask(reset, from, startedEventId, reason);
        Reapply(reset, later, reapply);
        reset.RequestWorkflowTask();
        return reset;
    }

    private static long StartedEventOf(Transaction from, long finishEventId)
    {
        var isFinish = finishEventId > 1 && from.History.Contains(finishEventId)
            && from.History[finishEventId - 1].EventType == EventType.WorkflowTaskStarted;
        return isFinish
            ? finishEventId - 1
            : throw RpcErrors.InvalidArgument($"No workflow task of run {from.State.RunId} ended with event {finishEventId}.");
    }

    private static void Restart(Transaction reset, string requestId)
    {
        var state = reset.State;
        state.StartRequestId = requestId;
        state.StartTime = state.ExecutionTime = reset.Now;
        state.FirstTaskDue = null;
        state.RunExpiration = reset.Execution.Started.WorkflowRunTimeout.ToSpan() is var run && run > TimeSpan.Zero ? reset.Now + run : null;
        foreach (var activity in state.Activities.Values)
        {
            activity.ScheduledTime = activity.AttemptDue = reset.Now;
            ActivityMachine.Enqueue.Fire(activity, reset, default);
        }
    }

    private static void FailTask(Transaction reset, Transaction from, long startedEventId, string reason) => reset.Append(new()
    {
        WorkflowTaskFailedEventAttributes = new()
        {
            ScheduledEventId = reset.History[startedEventId].WorkflowTaskStartedEventAttributes.ScheduledEventId,
            StartedEventId = startedEventId,
            Cause = WorkflowTaskFailedCause.ResetWorkflow,
            Failure = new() { Message = reason, Source = "Server", ResetWorkflowFailureInfo = new() },
            BaseRunId = from.State.RunId,
            NewRunId = reset.State.RunId,
        },
    });

    private static void Reapply(Transaction reset, IEnumerable<HistoryEvent> later, ResetReapply reapply)
    {
        foreach (var e in later)
        {
            if (reapply.Signals && e.WorkflowExecutionSignaledEventAttributes is { } signal)
            {
                RunRequests.Signal(reset, signal.Clone(), signal.RequestId, e.Links);
            }
            else if (reapply.Cancellation && e.WorkflowExecutionCancelRequestedEventAttributes is { } cancel)
            {
                RunRequests.Cancel(reset, cancel.Clone(), "");
            }
        }
    }
}
