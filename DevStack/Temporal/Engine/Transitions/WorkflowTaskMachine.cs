using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Executions;

namespace Stedi.DevStack.Temporal.Engine.Transitions;

/// <summary>The worker that starts a workflow task.</summary>
public sealed record WorkflowTaskStart(string Identity, string RequestId);

/// <summary>The attributes of a completed workflow task.</summary>
public sealed record WorkflowTaskCompletion(WorkflowTaskCompletedEventAttributes Attributes);

/// <summary>Why a workflow task failed.</summary>
public sealed record WorkflowTaskFailureCause(WorkflowTaskFailedCause Cause, Failure? Failure, string Identity);

/// <summary>The state machine of a run's workflow task, which is transient from the second attempt on.</summary>
public static class WorkflowTaskMachine
{
    private static readonly TimeSpan LongestRetryTimeout = TimeSpan.FromMinutes(10);

    public static readonly Transition<WorkflowTaskState, WorkflowTaskPhase, Unit> Schedule = new(
        nameof(Schedule), [WorkflowTaskPhase.None], WorkflowTaskPhase.Scheduled, static (task, tx, _) =>
        {
            task.Attempt = Math.Max(task.Attempt, 1);
            task.Stamp++;
            task.ScheduledTime = tx.Now;
            task.OriginalScheduledTime = task.IsTransient ? task.OriginalScheduledTime : tx.Now;
            task.StartToClose = TimeoutOf(tx.State.WorkflowTaskTimeout, task.Attempt);
            task.IsSticky = !task.IsTransient && tx.State.StickyQueue.Length > 0 && tx.Work.IsStickyRouteAlive(tx.State);
            WriteOrReserveScheduled(task, tx);
            tx.Dispatch(DispatchOf(tx.State));
        });

    public static readonly Transition<WorkflowTaskState, WorkflowTaskPhase, WorkflowTaskStart> Start = new(
        nameof(Start), [WorkflowTaskPhase.Scheduled], WorkflowTaskPhase.Started, static (task, tx, start) =>
        {
            if (task.IsTransient && task.ScheduledEventId != tx.History.NextEventId)
            {
                // As in Go: if events were written since the transient task was scheduled, it becomes a normal one.
                task.Attempt = 1;
                WriteOrReserveScheduled(task, tx);
            }

            task.StartedTime = tx.Now;
            task.Identity = start.Identity;
            task.StartRequestId = start.RequestId;
            task.HistorySizeTold = tx.History.SizeBytes;
            task.ContinueAsNewReasons = [.. tx.Work.Settings.ReasonsToContinueAsNew(tx.History.Count, tx.History.SizeBytes)];
            if (task.IsTransient)
            {
                task.StartedEventId = task.ScheduledEventId + 1;
            }
            else
            {
                task.StartedEventId = tx.Append(WorkflowTaskEvents.Started(task)).EventId;
            }
        });

    public static readonly Transition<WorkflowTaskState, WorkflowTaskPhase, WorkflowTaskCompletion> Complete = new(
        nameof(Complete), [WorkflowTaskPhase.Started], WorkflowTaskPhase.None, static (task, tx, completion) =>
        {
            if (task.IsTransient)
            {
                task.ScheduledEventId = tx.Append(WorkflowTaskEvents.Scheduled(task, tx.State)).EventId;
                task.StartedEventId = tx.Append(WorkflowTaskEvents.Started(task)).EventId;
            }

            task.Attempt = 0;
            task.Stamp++;
            completion.Attributes.ScheduledEventId = task.ScheduledEventId;
            completion.Attributes.StartedEventId = task.StartedEventId;
            tx.Append(new() { WorkflowTaskCompletedEventAttributes = completion.Attributes });
        });

    public static readonly Transition<WorkflowTaskState, WorkflowTaskPhase, WorkflowTaskFailureCause> Fail = new(
        nameof(Fail), [WorkflowTaskPhase.Started], WorkflowTaskPhase.None, static (task, tx, cause) =>
        {
            if (!task.IsTransient)
            {
                tx.Append(WorkflowTaskEvents.Failed(task, cause));
            }

            EndAttempt(task, tx, nextAttempt: task.Attempt + 1);
        });

    public static readonly Transition<WorkflowTaskState, WorkflowTaskPhase, Unit> TimeOut = new(
        nameof(TimeOut), [WorkflowTaskPhase.Started], WorkflowTaskPhase.None, static (task, tx, _) =>
        {
            if (!task.IsTransient)
            {
                tx.Append(WorkflowTaskEvents.TimedOut(task, TimeoutType.StartToClose));
            }

            EndAttempt(task, tx, nextAttempt: task.Attempt + 1);
        });

    /// <summary>The task was not taken from the sticky queue in time, so it moves to the normal queue.</summary>
    public static readonly Transition<WorkflowTaskState, WorkflowTaskPhase, Unit> LoseStickyWorker = new(
        nameof(LoseStickyWorker), [WorkflowTaskPhase.Scheduled], WorkflowTaskPhase.None, static (task, tx, _) =>
        {
            tx.Append(WorkflowTaskEvents.TimedOut(task, TimeoutType.ScheduleToStart));
            EndAttempt(task, tx, nextAttempt: 1);
        });

    /// <summary>The run closes, so the workflow task is dropped.</summary>
    public static readonly Transition<WorkflowTaskState, WorkflowTaskPhase, Unit> Abandon = new(
        nameof(Abandon), [WorkflowTaskPhase.None, WorkflowTaskPhase.Scheduled, WorkflowTaskPhase.Started], WorkflowTaskPhase.None,
        static (task, _, _) => task.Stamp++);

    public static ExecutionTask DispatchOf(ExecutionState state)
    {
        var task = state.WorkflowTask;
        var queue = task.IsSticky ? state.StickyQueue : state.TaskQueue;
        return new(
            new(state.Namespace, queue, QueueKind.Workflow),
            state.WorkflowId,
            state.RunId,
            task.ScheduledEventId,
            task.Stamp,
            state.Priority?.PriorityKey ?? 0);
    }

    private static void WriteOrReserveScheduled(WorkflowTaskState task, Transaction tx) =>
        task.ScheduledEventId = task.IsTransient
            ? tx.History.NextEventId
            : tx.Append(WorkflowTaskEvents.Scheduled(task, tx.State)).EventId;

    private static void EndAttempt(WorkflowTaskState task, Transaction tx, int nextAttempt)
    {
        tx.State.StickyQueue = "";
        task.Stamp++;

        // As in Go: if buffered events are written after a failure, the next task is a normal one, because its reserved ids would be wrong.
        task.Attempt = tx.FlushBuffer() ? 1 : nextAttempt;
        if (tx.State.IsRunning)
        {
            tx.RequestWorkflowTask();
        }
    }

    // A worker reports only the first failure and lets later attempts time out, so the growing timeout is the backoff.
    private static TimeSpan TimeoutOf(TimeSpan timeout, int attempt) =>
        attempt <= 2 ? timeout : ProtobufTime.Min(timeout * Math.Pow(2, Math.Min(attempt - 2, 16)), LongestRetryTimeout);
}
