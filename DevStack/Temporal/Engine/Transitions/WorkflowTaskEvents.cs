using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Executions;

namespace Stedi.DevStack.Temporal.Engine.Transitions;

/// <summary>Creates the events of a workflow task, which are written or, for a transient task, only sent to the worker.</summary>
public static class WorkflowTaskEvents
{
    public static HistoryEvent Scheduled(WorkflowTaskState task, ExecutionState state) => new()
    {
        EventTime = task.ScheduledTime.ToTimestamp(),
        WorkflowTaskScheduledEventAttributes = new()
        {
            TaskQueue = QueueOf(task, state),
            StartToCloseTimeout = task.StartToClose.ToDuration(),
            Attempt = task.Attempt,
        },
    };

    public static HistoryEvent Started(WorkflowTaskState task) => new()
    {
        EventTime = task.StartedTime.ToTimestamp(),
        WorkflowTaskStartedEventAttributes = new()
        {
            ScheduledEventId = task.ScheduledEventId,
            Identity = task.Identity,
            RequestId = task.StartRequestId,
            HistorySizeBytes = task.HistorySizeTold,
            SuggestContinueAsNew = task.ContinueAsNewReasons.Count > 0,
            SuggestContinueAsNewReasons = { task.ContinueAsNewReasons },
        },
    };

    public static HistoryEvent Failed(WorkflowTaskState task, WorkflowTaskFailureCause cause) => new()
    {
        WorkflowTaskFailedEventAttributes = new()
        {
            ScheduledEventId = task.ScheduledEventId,
            StartedEventId = task.StartedEventId,
            Cause = cause.Cause,
            Failure = cause.Failure,
            Identity = cause.Identity,
        },
    };

    public static HistoryEvent TimedOut(WorkflowTaskState task, TimeoutType type) => new()
    {
        WorkflowTaskTimedOutEventAttributes = new()
        {
            ScheduledEventId = task.ScheduledEventId,
            StartedEventId = type == TimeoutType.StartToClose ? task.StartedEventId : 0,
            TimeoutType = type,
        },
    };

    /// <summary>The scheduled and started events of a transient task, which are not in history.</summary>
    public static IReadOnlyList<HistoryEvent> Transient(Execution execution)
    {
        var task = execution.State.WorkflowTask;
        if (!task.IsTransient || task.Phase != WorkflowTaskPhase.Started)
        {
            return [];
        }

        var scheduled = Scheduled(task, execution.State);
        scheduled.EventId = task.ScheduledEventId;
        scheduled.EventType = EventType.WorkflowTaskScheduled;
        var started = Started(task);
        started.EventId = task.StartedEventId;
        started.EventType = EventType.WorkflowTaskStarted;
        return [scheduled, started];
    }

    private static Temporalio.Api.TaskQueue.V1.TaskQueue QueueOf(WorkflowTaskState task, ExecutionState state) => task.IsSticky
        ? new() { Name = state.StickyQueue, NormalName = state.TaskQueue, Kind = TaskQueueKind.Sticky }
        : new() { Name = state.TaskQueue, Kind = TaskQueueKind.Normal };
}
