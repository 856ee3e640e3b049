using Stedi.DevStack.Temporal.Common;

namespace Stedi.DevStack.Temporal.Engine.Executions;

/// <summary>Applies events to a run's state, when they are written and when a run is rebuilt from its events.</summary>
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

/// <summary>The part of the projection for children, external workflows and updates.</summary>
internal static class RelatedWorkflowProjection
{
    public static void Apply(ExecutionState state, HistoryEvent e)
    {
        switch (e.AttributesCase)
        {
            case HistoryEvent.AttributesOneofCase.StartChildWorkflowExecutionInitiatedEventAttributes:
                var initiated = e.StartChildWorkflowExecutionInitiatedEventAttributes;
                state.Children[e.EventId] = new()
                {
                    InitiatedEventId = e.EventId,
                    WorkflowId = initiated.WorkflowId,
                    WorkflowType = initiated.WorkflowType.Name,
                    ParentClosePolicy = initiated.ParentClosePolicy,
                };
                break;
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionStartedEventAttributes:
                var started = e.ChildWorkflowExecutionStartedEventAttributes;
                if (state.Children.TryGetValue(started.InitiatedEventId, out var child))
                {
                    child.StartedEventId = e.EventId;
                    child.RunId = started.WorkflowExecution.RunId;
                    child.Phase = child.Phase == ChildPhase.Initiated ? ChildPhase.Started : child.Phase;
                }

                break;
            case HistoryEvent.AttributesOneofCase.StartChildWorkflowExecutionFailedEventAttributes:
                state.Children.Remove(e.StartChildWorkflowExecutionFailedEventAttributes.InitiatedEventId);
                break;
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionCompletedEventAttributes:
                state.Children.Remove(e.ChildWorkflowExecutionCompletedEventAttributes.InitiatedEventId);
                break;
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionFailedEventAttributes:
                state.Children.Remove(e.ChildWorkflowExecutionFailedEventAttributes.InitiatedEventId);
                break;
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionCanceledEventAttributes:
                state.Children.Remove(e.ChildWorkflowExecutionCanceledEventAttributes.InitiatedEventId);
                break;
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionTimedOutEventAttributes:
                state.Children.Remove(e.ChildWorkflowExecutionTimedOutEventAttributes.InitiatedEventId);
                break;
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionTerminatedEventAttributes:
                state.Children.Remove(e.ChildWorkflowExecutionTerminatedEventAttributes.InitiatedEventId);
                break;
            default:
                ApplyExternal(state, e);
                break;
        }
    }

    private static void ApplyExternal(ExecutionState state, HistoryEvent e)
    {
        switch (e.AttributesCase)
        {
            case HistoryEvent.AttributesOneofCase.SignalExternalWorkflowExecutionInitiatedEventAttributes:
                state.ExternalSignals[e.EventId] = new() { InitiatedEventId = e.EventId };
                break;
            case HistoryEvent.AttributesOneofCase.ExternalWorkflowExecutionSignaledEventAttributes:
                state.ExternalSignals.Remove(e.ExternalWorkflowExecutionSignaledEventAttributes.InitiatedEventId);
                break;
            case HistoryEvent.AttributesOneofCase.SignalExternalWorkflowExecutionFailedEventAttributes:
                state.ExternalSignals.Remove(e.SignalExternalWorkflowExecutionFailedEventAttributes.InitiatedEventId);
                break;
            case HistoryEvent.AttributesOneofCase.RequestCancelExternalWorkflowExecutionInitiatedEventAttributes:
                state.ExternalCancels[e.EventId] = new() { InitiatedEventId = e.EventId };
                break;
            case HistoryEvent.AttributesOneofCase.ExternalWorkflowExecutionCancelRequestedEventAttributes:
                state.ExternalCancels.Remove(e.ExternalWorkflowExecutionCancelRequestedEventAttributes.InitiatedEventId);
                break;
            case HistoryEvent.AttributesOneofCase.RequestCancelExternalWorkflowExecutionFailedEventAttributes:
                state.ExternalCancels.Remove(e.RequestCancelExternalWorkflowExecutionFailedEventAttributes.InitiatedEventId);
                break;
            case HistoryEvent.AttributesOneofCase.WorkflowExecutionUpdateAcceptedEventAttributes:
                var accepted = e.WorkflowExecutionUpdateAcceptedEventAttributes;
                state.Updates[accepted.ProtocolInstanceId] = new()
                {
                    UpdateId = accepted.ProtocolInstanceId,
                    Name = accepted.AcceptedRequest?.Input?.Name ?? "",
                    AcceptedEventId = e.EventId,
                };
                break;
            case HistoryEvent.AttributesOneofCase.WorkflowExecutionUpdateCompletedEventAttributes:
                var completed = e.WorkflowExecutionUpdateCompletedEventAttributes;
                if (state.Updates.TryGetValue(completed.Meta.UpdateId, out var update))
                {
                    update.Phase = UpdatePhase.Completed;
                    update.Outcome = completed.Outcome;
                }

                break;
        }
    }
}

/// <summary>Merges upserts of memo and search attributes; a null payload removes the key.</summary>
internal static class AttributeMerge
{
    public static Memo Merge(Memo? current, Memo? upsert)
    {
        var merged = current?.Clone() ?? new Memo();
        foreach (var (key, payload) in upsert?.Fields ?? [])
        {
            Set(merged.Fields, key, payload);
        }

        return merged;
    }

    public static SearchAttributes Merge(SearchAttributes? current, SearchAttributes? upsert)
    {
        var merged = current?.Clone() ?? new SearchAttributes();
        foreach (var (key, payload) in upsert?.IndexedFields ?? [])
        {
            Set(merged.IndexedFields, key, payload);
        }

        return merged;
    }

    private static void Set(Google.Protobuf.Collections.MapField<string, Payload> fields, string key, Payload payload)
    {
        var encoding = payload.Metadata.TryGetValue("encoding", out var value) ? value.ToStringUtf8() : "";
        if (encoding == "binary/null" || payload.Data.IsEmpty || (encoding == "json/plain" && payload.Data.ToStringUtf8() is "null" or "[]"))
        {
            fields.Remove(key);
        }
        else
        {
            fields[key] = payload;
        }
    }
}
