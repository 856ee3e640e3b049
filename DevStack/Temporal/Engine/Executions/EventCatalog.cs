using System.Collections.Frozen;

namespace Stedi.DevStack.Temporal.Engine.Executions;

/// <summary>Facts of the protocol about event types.</summary>
public static class EventCatalog
{
    private static readonly FrozenDictionary<HistoryEvent.AttributesOneofCase, EventType> TypesByAttributes =
        Enum.GetValues<HistoryEvent.AttributesOneofCase>()
            .Where(attributes => attributes != HistoryEvent.AttributesOneofCase.None)
            .ToFrozenDictionary(a => a, a => Enum.Parse<EventType>(a.ToString().Replace("EventAttributes", "", StringComparison.Ordinal)));

    // As in Go's historybuilder/event_store.go, bufferEvent. Events that are not caused by the worker's own commands,
    // by workflow tasks or by closing the run would break determinism within a running workflow task.
    private static readonly FrozenSet<EventType> Bufferable = new[]
    {
        EventType.WorkflowExecutionSignaled,
        EventType.WorkflowExecutionCancelRequested,
        EventType.ActivityTaskStarted,
        EventType.ActivityTaskCompleted,
        EventType.ActivityTaskFailed,
        EventType.ActivityTaskTimedOut,
        EventType.ActivityTaskCanceled,
        EventType.TimerFired,
        EventType.ChildWorkflowExecutionStarted,
        EventType.StartChildWorkflowExecutionFailed,
        EventType.ChildWorkflowExecutionCompleted,
        EventType.ChildWorkflowExecutionFailed,
        EventType.ChildWorkflowExecutionCanceled,
        EventType.ChildWorkflowExecutionTimedOut,
        EventType.ChildWorkflowExecutionTerminated,
        EventType.ExternalWorkflowExecutionSignaled,
        EventType.SignalExternalWorkflowExecutionFailed,
        EventType.ExternalWorkflowExecutionCancelRequested,
        EventType.RequestCancelExternalWorkflowExecutionFailed,
        EventType.WorkflowExecutionOptionsUpdated,
        EventType.WorkflowExecutionPaused,
        EventType.WorkflowExecutionUnpaused,
    }.ToFrozenSet();

    private static readonly FrozenDictionary<EventType, WorkflowExecutionStatus> Closing = new Dictionary<EventType, WorkflowExecutionStatus>
    {
        [EventType.WorkflowExecutionCompleted] = WorkflowExecutionStatus.Completed,
        [EventType.WorkflowExecutionFailed] = WorkflowExecutionStatus.Failed,
        [EventType.WorkflowExecutionTimedOut] = WorkflowExecutionStatus.TimedOut,
        [EventType.WorkflowExecutionCanceled] = WorkflowExecutionStatus.Canceled,
        [EventType.WorkflowExecutionTerminated] = WorkflowExecutionStatus.Terminated,
        [EventType.WorkflowExecutionContinuedAsNew] = WorkflowExecutionStatus.ContinuedAsNew,
    }.ToFrozenDictionary();

    public static EventType TypeOf(HistoryEvent.AttributesOneofCase attributes) => TypesByAttributes[attributes];

    /// <summary>Whether an event of this type is buffered while a workflow task runs. Such events also schedule a new workflow task.</summary>
    public static bool IsBufferable(EventType type) => Bufferable.Contains(type);

    /// <summary>The status of the run after a closing event, or <c>null</c> for an event that does not close it.</summary>
    public static WorkflowExecutionStatus? StatusAfter(EventType type) => Closing.TryGetValue(type, out var status) ? status : null;
}
