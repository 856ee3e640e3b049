namespace Stedi.DevStack.Temporal.Engine.Executions;

/// <summary>Sets the started event id of a closing event. The id is known only once the started event is in history.</summary>
internal static class StartedEventReferences
{
    public static void Set(Execution execution, HistoryEvent e)
    {
        switch (e.AttributesCase)
        {
            case HistoryEvent.AttributesOneofCase.ActivityTaskCompletedEventAttributes:
                var completed = e.ActivityTaskCompletedEventAttributes;
                completed.StartedEventId = StartedActivity(execution, completed.ScheduledEventId);
                break;
            case HistoryEvent.AttributesOneofCase.ActivityTaskFailedEventAttributes:
                var failed = e.ActivityTaskFailedEventAttributes;
                failed.StartedEventId = StartedActivity(execution, failed.ScheduledEventId);
                break;
            case HistoryEvent.AttributesOneofCase.ActivityTaskTimedOutEventAttributes:
                var timedOut = e.ActivityTaskTimedOutEventAttributes;
                timedOut.StartedEventId = StartedActivity(execution, timedOut.ScheduledEventId);
                break;
            case HistoryEvent.AttributesOneofCase.ActivityTaskCanceledEventAttributes:
                var canceled = e.ActivityTaskCanceledEventAttributes;
                canceled.StartedEventId = StartedActivity(execution, canceled.ScheduledEventId);
                break;
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionCompletedEventAttributes:
                var childCompleted = e.ChildWorkflowExecutionCompletedEventAttributes;
                childCompleted.StartedEventId = StartedChild(execution, childCompleted.InitiatedEventId);
                break;
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionFailedEventAttributes:
                var childFailed = e.ChildWorkflowExecutionFailedEventAttributes;
                childFailed.StartedEventId = StartedChild(execution, childFailed.InitiatedEventId);
                break;
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionCanceledEventAttributes:
                var childCanceled = e.ChildWorkflowExecutionCanceledEventAttributes;
                childCanceled.StartedEventId = StartedChild(execution, childCanceled.InitiatedEventId);
                break;
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionTimedOutEventAttributes:
                var childTimedOut = e.ChildWorkflowExecutionTimedOutEventAttributes;
                childTimedOut.StartedEventId = StartedChild(execution, childTimedOut.InitiatedEventId);
                break;
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionTerminatedEventAttributes:
                var childTerminated = e.ChildWorkflowExecutionTerminatedEventAttributes;
                childTerminated.StartedEventId = StartedChild(execution, childTerminated.InitiatedEventId);
                break;
        }
    }

    // An activity's started event is written only when it closes, directly before the closing event.
    private static long StartedActivity(Execution execution, long scheduledEventId) =>
        execution.History.Last.ActivityTaskStartedEventAttributes is { } started && started.ScheduledEventId == scheduledEventId
            ? execution.History.Last.EventId
            : 0;

    private static long StartedChild(Execution execution, long initiatedEventId) =>
        execution.State.Children.TryGetValue(initiatedEventId, out var child) ? child.StartedEventId : 0;
}
