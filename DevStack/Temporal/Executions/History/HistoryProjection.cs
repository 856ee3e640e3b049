using Stedi.DevStack.Temporal.Executions.Entities;

namespace Stedi.DevStack.Temporal.Executions.History;

/// <summary>What an event means for the state beside history: used when it is written, and again when a run is rebuilt from events.</summary>
public static class HistoryProjection
{
    public static void Apply(ExecutionState state, HistoryEvent e)
    {
        state.HistoryLength = e.EventId;
        state.HistorySizeBytes += e.CalculateSize();
        switch (e.EventType)
        {
            case EventType.WorkflowExecutionStarted:
                ApplyStarted(state, e.WorkflowExecutionStartedEventAttributes, e.EventTime.ToDateTimeOffset());
                break;
            case EventType.WorkflowTaskCompleted:
                state.PreviousStartedEventId = e.WorkflowTaskCompletedEventAttributes.StartedEventId;
                state.LastCompletedTaskEventId = e.EventId;
                break;
            case EventType.WorkflowExecutionCancelRequested:
                state.CancelRequested = true;
                break;
            case EventType.WorkflowPropertiesModified:
                state.Memo = AttributeMerge.Merge(state.Memo, e.WorkflowPropertiesModifiedEventAttributes.UpsertedMemo);
                break;
            case EventType.UpsertWorkflowSearchAttributes:
                state.SearchAttributes = AttributeMerge.Merge(
                    state.SearchAttributes, e.UpsertWorkflowSearchAttributesEventAttributes.SearchAttributes);
                break;
            default:
                ApplyToEntities(state, e);
                break;
        }

        if (EventCatalog.StatusAfter(e.EventType) is { } status)
        {
            state.Status = status;
            state.CloseTime = e.EventTime.ToDateTimeOffset();
        }
    }

    private static void ApplyStarted(ExecutionState state, WorkflowExecutionStartedEventAttributes started, DateTimeOffset at)
    {
        state.Status = WorkflowExecutionStatus.Running;
        state.WorkflowType = started.WorkflowType.Name;
        state.TaskQueue = started.TaskQueue.Name;
        state.FirstRunId = started.FirstExecutionRunId;
        state.StartTime = at;
        var backoff = started.FirstWorkflowTaskBackoff.ToSpan();
        state.ExecutionTime = at + backoff;
        state.FirstTaskDue = backoff > TimeSpan.Zero ? state.ExecutionTime : null;
        state.WorkflowTaskTimeout = started.WorkflowTaskTimeout.ToSpan();
        state.RunExpiration = started.WorkflowRunTimeout.ToSpan() is var run && run > TimeSpan.Zero ? state.ExecutionTime + run : null;
        state.ExecutionExpiration = started.WorkflowExecutionExpirationTime?.ToDateTimeOffset();
        state.Memo = started.Memo;
        state.SearchAttributes = started.SearchAttributes;
        state.Parent = started.ParentWorkflowExecution;
        state.ParentNamespace = started.ParentWorkflowNamespace;
        state.ParentInitiatedEventId = started.ParentInitiatedEventId;
        state.Root = started.RootWorkflowExecution;
        state.Priority = started.Priority;
    }

    private static void ApplyToEntities(ExecutionState state, HistoryEvent e)
    {
        switch (e.AttributesCase)
        {
            case HistoryEvent.AttributesOneofCase.ActivityTaskScheduledEventAttributes:
                state.Activities[e.EventId] = NewActivity(e);
                break;
            case HistoryEvent.AttributesOneofCase.ActivityTaskCancelRequestedEventAttributes:
                if (state.Activities.TryGetValue(e.ActivityTaskCancelRequestedEventAttributes.ScheduledEventId, out var activity))
                {
                    activity.CancelRequestedEventId = e.EventId;
                }

                break;
            case HistoryEvent.AttributesOneofCase.ActivityTaskCompletedEventAttributes:
                state.Activities.Remove(e.ActivityTaskCompletedEventAttributes.ScheduledEventId);
                break;
            case HistoryEvent.AttributesOneofCase.ActivityTaskFailedEventAttributes:
                state.Activities.Remove(e.ActivityTaskFailedEventAttributes.ScheduledEventId);
                break;
            case HistoryEvent.AttributesOneofCase.ActivityTaskTimedOutEventAttributes:
                state.Activities.Remove(e.ActivityTaskTimedOutEventAttributes.ScheduledEventId);
                break;
            case HistoryEvent.AttributesOneofCase.ActivityTaskCanceledEventAttributes:
                state.Activities.Remove(e.ActivityTaskCanceledEventAttributes.ScheduledEventId);
                break;
            case HistoryEvent.AttributesOneofCase.TimerStartedEventAttributes:
                state.Timers[e.TimerStartedEventAttributes.TimerId] = new()
                {
                    TimerId = e.TimerStartedEventAttributes.TimerId,
                    StartedEventId = e.EventId,
                    Due = e.EventTime.ToDateTimeOffset() + e.TimerStartedEventAttributes.StartToFireTimeout.ToSpan(),
                };
                break;
            case HistoryEvent.AttributesOneofCase.TimerFiredEventAttributes:
                state.Timers.Remove(e.TimerFiredEventAttributes.TimerId);
                break;
            case HistoryEvent.AttributesOneofCase.TimerCanceledEventAttributes:
                state.Timers.Remove(e.TimerCanceledEventAttributes.TimerId);
                break;
            default:
                RelatedWorkflowProjection.Apply(state, e);
                break;
        }
    }

    private static ActivityState NewActivity(HistoryEvent e)
    {
        var scheduled = e.ActivityTaskScheduledEventAttributes;
        return new()
        {
            ScheduledEventId = e.EventId,
            ActivityId = scheduled.ActivityId,
            ActivityType = scheduled.ActivityType.Name,
            TaskQueue = scheduled.TaskQueue.Name,
            Attempt = 1,
            ScheduledTime = e.EventTime.ToDateTimeOffset(),
            AttemptDue = e.EventTime.ToDateTimeOffset(),
            ScheduleToClose = scheduled.ScheduleToCloseTimeout.ToSpan(),
            ScheduleToStart = scheduled.ScheduleToStartTimeout.ToSpan(),
            StartToClose = scheduled.StartToCloseTimeout.ToSpan(),
            Heartbeat = scheduled.HeartbeatTimeout.ToSpan(),
            RetryPolicy = scheduled.RetryPolicy,
            Priority = scheduled.Priority,
        };
    }
}
