namespace Stedi.DevStack.Temporal.Engine.Executions;

/// <summary>The state of a run that is stored in addition to its history. It has no behaviour; the state machines change it.</summary>
public sealed class ExecutionState
{
    public string Namespace { get; set; } = "";

    public string WorkflowId { get; set; } = "";

    public string RunId { get; set; } = "";

    public string FirstRunId { get; set; } = "";

    public string WorkflowType { get; set; } = "";

    public string TaskQueue { get; set; } = "";

    public WorkflowExecutionStatus Status { get; set; }

    public DateTimeOffset StartTime { get; set; }

    /// <summary>When the first workflow task is due: later than the start with a start delay, a cron schedule or a retry.</summary>
    public DateTimeOffset ExecutionTime { get; set; }

    public DateTimeOffset? CloseTime { get; set; }

    public DateTimeOffset? RunExpiration { get; set; }

    public DateTimeOffset? ExecutionExpiration { get; set; }

    /// <summary>When the first workflow task will be scheduled, if that is still to come.</summary>
    public DateTimeOffset? FirstTaskDue { get; set; }

    public TimeSpan WorkflowTaskTimeout { get; set; }

    public string StartRequestId { get; set; } = "";

    /// <summary>The request ids of signals, cancellations and the like that this run has already received.</summary>
    public HashSet<string> RequestIds { get; set; } = [];

    public WorkflowTaskState WorkflowTask { get; set; } = new();

    /// <summary>The started event of the last completed workflow task, or 0. A sticky worker has seen the history up to it.</summary>
    public long PreviousStartedEventId { get; set; }

    public long LastCompletedTaskEventId { get; set; }

    /// <summary>The sticky queue of the worker that has this run cached, or empty.</summary>
    public string StickyQueue { get; set; } = "";

    public TimeSpan StickyScheduleToStart { get; set; }

    public bool CancelRequested { get; set; }

    public SortedDictionary<long, ActivityState> Activities { get; set; } = [];

    public SortedDictionary<string, TimerState> Timers { get; set; } = new(StringComparer.Ordinal);

    public SortedDictionary<long, ChildState> Children { get; set; } = [];

    public SortedDictionary<long, ExternalRequestState> ExternalSignals { get; set; } = [];

    public SortedDictionary<long, ExternalRequestState> ExternalCancels { get; set; } = [];

    public SortedDictionary<string, UpdateState> Updates { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Events that arrived while a workflow task was running; they get their ids when it ends.</summary>
    public List<HistoryEvent> Buffered { get; set; } = [];

    public List<OutboxMessage> Outbox { get; set; } = [];

    public long NextOutboxId { get; set; }

    public Memo? Memo { get; set; }

    public SearchAttributes? SearchAttributes { get; set; }

    public UserMetadata? UserMetadata { get; set; }

    public WorkflowExecution? Parent { get; set; }

    public string ParentNamespace { get; set; } = "";

    public long ParentInitiatedEventId { get; set; }

    /// <summary>The root of the tree of parents and children; <c>null</c> if it is this run.</summary>
    public WorkflowExecution? Root { get; set; }

    public Priority? Priority { get; set; }

    public long HistoryLength { get; set; }

    public long HistorySizeBytes { get; set; }

    public long StateTransitions { get; set; }

    /// <summary>The run that continues this one (continue-as-new, retry or cron), or empty.</summary>
    public string SuccessorRunId { get; set; } = "";

    public bool IsRunning => Status is WorkflowExecutionStatus.Running or WorkflowExecutionStatus.Paused;
}
