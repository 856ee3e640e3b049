namespace Stedi.DevStack.Temporal.Engine.Executions;

/// <summary>The phases of an activity between its schedule and its close.</summary>
public enum ActivityPhase
{
    Scheduled = 0,
    Started = 1,
    BackingOff = 2,
    Paused = 3,
    Closed = 4,
}

/// <summary>A pending activity: what is not in history (attempts, heartbeats, failures), and copies of what is often needed.</summary>
public sealed class ActivityState : IEntity<ActivityPhase>
{
    public ActivityPhase Phase { get; set; }

    public long ScheduledEventId { get; set; }

    public string ActivityId { get; set; } = "";

    public string ActivityType { get; set; } = "";

    public string TaskQueue { get; set; } = "";

    /// <summary>Incremented with every attempt, pause and reset; a task with another stamp is stale.</summary>
    public int Stamp { get; set; }

    public int Attempt { get; set; }

    public DateTimeOffset ScheduledTime { get; set; }

    /// <summary>When the current attempt is, or was, due.</summary>
    public DateTimeOffset AttemptDue { get; set; }

    public DateTimeOffset? StartedTime { get; set; }

    public DateTimeOffset? LastHeartbeatTime { get; set; }

    public DateTimeOffset? LastAttemptCompleteTime { get; set; }

    public TimeSpan CurrentRetryInterval { get; set; }

    public Payloads? HeartbeatDetails { get; set; }

    public Failure? LastFailure { get; set; }

    public string WorkerIdentity { get; set; } = "";

    public string StartRequestId { get; set; } = "";

    /// <summary>The ActivityTaskCancelRequested event, or 0.</summary>
    public long CancelRequestedEventId { get; set; }

    public bool PauseRequested { get; set; }

    public DateTimeOffset? PausedTime { get; set; }

    public string PauseReason { get; set; } = "";

    public string PauseIdentity { get; set; } = "";

    public bool ResetRequested { get; set; }

    public bool ResetHeartbeats { get; set; }

    public TimeSpan ScheduleToClose { get; set; }

    public TimeSpan ScheduleToStart { get; set; }

    public TimeSpan StartToClose { get; set; }

    public TimeSpan Heartbeat { get; set; }

    public RetryPolicy? RetryPolicy { get; set; }

    public Priority? Priority { get; set; }

    /// <summary>When the activity, including its retries, times out (schedule-to-close); <c>null</c> means never.</summary>
    public DateTimeOffset? Expiration => ScheduleToClose > TimeSpan.Zero ? ScheduledTime + ScheduleToClose : null;
}
