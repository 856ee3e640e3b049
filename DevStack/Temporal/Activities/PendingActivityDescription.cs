using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Executions;
using Temporalio.Api.Workflow.V1;

namespace Stedi.DevStack.Temporal.Activities;

internal static class PendingActivityDescription
{
    public static PendingActivityInfo Of(ActivityState activity) => new()
    {
        ActivityId = activity.ActivityId,
        ActivityType = new() { Name = activity.ActivityType },
        State = StateOf(activity),
        HeartbeatDetails = activity.HeartbeatDetails,
        LastHeartbeatTime = activity.LastHeartbeatTime.ToTimestamp(),
        LastStartedTime = activity.StartedTime.ToTimestamp(),
        Attempt = activity.Attempt,
        MaximumAttempts = activity.RetryPolicy?.MaximumAttempts ?? 0,
        ScheduledTime = activity.AttemptDue.ToTimestamp(),
        ExpirationTime = activity.Expiration.ToTimestamp(),
        LastFailure = activity.LastFailure,
        LastWorkerIdentity = activity.WorkerIdentity,
        LastAttemptCompleteTime = activity.LastAttemptCompleteTime.ToTimestamp(),
        CurrentRetryInterval = activity.CurrentRetryInterval.ToOptionalDuration(),
        NextAttemptScheduleTime = activity.Phase == ActivityPhase.BackingOff ? activity.AttemptDue.ToTimestamp() : null,
        Paused = activity.PauseRequested,
        PauseInfo = activity.PauseRequested
            ? new()
            {
                PauseTime = activity.PausedTime.ToTimestamp(),
                Manual = new() { Identity = activity.PauseIdentity, Reason = activity.PauseReason },
            }
            : null,
        Priority = activity.Priority,
        ActivityOptions = new()
        {
            TaskQueue = new() { Name = activity.TaskQueue, Kind = TaskQueueKind.Normal },
            ScheduleToCloseTimeout = activity.ScheduleToClose.ToDuration(),
            ScheduleToStartTimeout = activity.ScheduleToStart.ToDuration(),
            StartToCloseTimeout = activity.StartToClose.ToDuration(),
            HeartbeatTimeout = activity.Heartbeat.ToDuration(),
            RetryPolicy = activity.RetryPolicy,
        },
    };

    private static PendingActivityState StateOf(ActivityState activity) => activity switch
    {
        { CancelRequestedEventId: > 0 } => PendingActivityState.CancelRequested,
        { Phase: ActivityPhase.Paused } => PendingActivityState.Paused,
        { Phase: ActivityPhase.Started, PauseRequested: true } => PendingActivityState.PauseRequested,
        { Phase: ActivityPhase.Started } => PendingActivityState.Started,
        _ => PendingActivityState.Scheduled,
    };
}
