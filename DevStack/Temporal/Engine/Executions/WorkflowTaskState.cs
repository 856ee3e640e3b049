namespace Stedi.DevStack.Temporal.Engine.Executions;

/// <summary>The phases of a run's workflow task.</summary>
public enum WorkflowTaskPhase
{
    None = 0,
    Scheduled = 1,
    Started = 2,
}

/// <summary>The workflow task of a run, which has at most one at a time.</summary>
public sealed class WorkflowTaskState : IEntity<WorkflowTaskPhase>
{
    public WorkflowTaskPhase Phase { get; set; }

    public long ScheduledEventId { get; set; }

    public long StartedEventId { get; set; }

    /// <summary>1 for a normal task, whose events are written immediately. Above 1 the task is transient: its events are written when it completes.</summary>
    public int Attempt { get; set; }

    public int Stamp { get; set; }

    public DateTimeOffset ScheduledTime { get; set; }

    public DateTimeOffset OriginalScheduledTime { get; set; }

    public DateTimeOffset StartedTime { get; set; }

    /// <summary>The workflow task timeout of this attempt.</summary>
    public TimeSpan StartToClose { get; set; }

    /// <summary>Whether the task waits in the sticky queue. If it is not taken there in time, it moves to the normal queue.</summary>
    public bool IsSticky { get; set; }

    public string StartRequestId { get; set; } = "";

    public string Identity { get; set; } = "";

    /// <summary>The history size reported to the worker when the task started, in bytes.</summary>
    public long HistorySizeTold { get; set; }

    /// <summary>The reasons to continue as new reported to the worker when the task started; empty if there were none.</summary>
    public List<SuggestContinueAsNewReason> ContinueAsNewReasons { get; set; } = [];

    public bool IsTransient => Attempt > 1;
}
