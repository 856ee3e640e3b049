namespace Stedi.DevStack.Temporal.Engine.Executions;

/// <summary>The phases of a run's one workflow task.</summary>
public enum WorkflowTaskPhase
{
    None = 0,
    Scheduled = 1,
    Started = 2,
}

/// <summary>The workflow task of a run; there is never more than one.</summary>
public sealed class WorkflowTaskState : IEntity<WorkflowTaskPhase>
{
    public WorkflowTaskPhase Phase { get; set; }

    public long ScheduledEventId { get; set; }

    public long StartedEventId { get; set; }

    /// <summary>1 for a task whose events are written at once; above, the task is transient and its events are written when it completes.</summary>
    public int Attempt { get; set; }

    public int Stamp { get; set; }

    public DateTimeOffset ScheduledTime { get; set; }

    public DateTimeOffset OriginalScheduledTime { get; set; }

    public DateTimeOffset StartedTime { get; set; }

    /// <summary>The time the task may take, once started.</summary>
    public TimeSpan StartToClose { get; set; }

    /// <summary>Whether the task waits in the worker's own queue; if nobody takes it there in time it moves to the normal one.</summary>
    public bool IsSticky { get; set; }

    public string StartRequestId { get; set; } = "";

    public string Identity { get; set; } = "";

    /// <summary>The size the worker was told with the task's start, in bytes.</summary>
    public long HistorySizeTold { get; set; }

    /// <summary>Why the worker was told to continue as new with the task's start; empty where it was not.</summary>
    public List<SuggestContinueAsNewReason> ContinueAsNewReasons { get; set; } = [];

    public bool IsTransient => Attempt > 1;
}
