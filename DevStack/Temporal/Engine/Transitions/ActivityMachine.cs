using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Executions;

namespace Stedi.DevStack.Temporal.Engine.Transitions;

/// <summary>The worker that starts an activity task.</summary>
public sealed record ActivityStart(string Identity, string RequestId);

/// <summary>A failed attempt and the delay until the next one.</summary>
public sealed record ActivityRetry(Failure Failure, TimeSpan Delay);

/// <summary>The state machine of an activity. Attempts are only in its state; history has its scheduling and its end.</summary>
public static class ActivityMachine
{
    public static readonly Transition<ActivityState, ActivityPhase, Unit> Enqueue = new(
        nameof(Enqueue), [ActivityPhase.Scheduled, ActivityPhase.BackingOff, ActivityPhase.Paused], ActivityPhase.Scheduled,
        static (activity, tx, _) =>
        {
            activity.Stamp++;
            tx.Dispatch(DispatchOf(activity, tx.State));
        });

    public static readonly Transition<ActivityState, ActivityPhase, ActivityStart> Start = new(
        nameof(Start), [ActivityPhase.Scheduled], ActivityPhase.Started, static (activity, tx, start) =>
        {
            activity.StartedTime = tx.Now;
            activity.LastHeartbeatTime = null;
            activity.WorkerIdentity = start.Identity;
            activity.StartRequestId = start.RequestId;
        });

    public static readonly Transition<ActivityState, ActivityPhase, ActivityRetry> BackOff = new(
        nameof(BackOff), [ActivityPhase.Started], ActivityPhase.BackingOff, static (activity, tx, retry) =>
        {
            activity.LastFailure = RetainedFailure.Of(retry.Failure);
            activity.LastAttemptCompleteTime = tx.Now;
            activity.CurrentRetryInterval = retry.Delay;
            activity.AttemptDue = tx.Now + retry.Delay;
            activity.Attempt++;
            activity.Stamp++;
            activity.StartedTime = null;
        });

    public static readonly Transition<ActivityState, ActivityPhase, Unit> Pause = new(
        nameof(Pause), [ActivityPhase.Scheduled, ActivityPhase.BackingOff, ActivityPhase.Paused], ActivityPhase.Paused,
        static (activity, _, _) => activity.Stamp++);

    /// <summary>Closes the activity with any closing event. While that event is buffered, the activity stays in phase Closed.</summary>
    public static readonly Transition<ActivityState, ActivityPhase, HistoryEvent> Close = new(
        nameof(Close),
        [ActivityPhase.Scheduled, ActivityPhase.Started, ActivityPhase.BackingOff, ActivityPhase.Paused],
        ActivityPhase.Closed,
        static (activity, tx, closeEvent) =>
        {
            activity.Stamp++;
            if (activity.StartedTime is { } startedTime)
            {
                tx.Append(StartedEvent(activity, startedTime));
            }

            tx.Append(closeEvent);
        });

    public static ExecutionTask DispatchOf(ActivityState activity, ExecutionState state) => new(
        new(state.Namespace, activity.TaskQueue, QueueKind.Activity),
        state.WorkflowId,
        state.RunId,
        activity.ScheduledEventId,
        activity.Stamp,
        activity.Priority?.PriorityKey ?? 0);

    private static HistoryEvent StartedEvent(ActivityState activity, DateTimeOffset startedTime) => new()
    {
        EventTime = startedTime.ToTimestamp(),
        ActivityTaskStartedEventAttributes = new()
        {
            ScheduledEventId = activity.ScheduledEventId,
            Identity = activity.WorkerIdentity,
            RequestId = activity.StartRequestId,
            Attempt = activity.Attempt,
            LastFailure = activity.LastFailure,
        },
    };
}
