using Stedi.DevStack.Temporal.Engine.Executions;
using Stedi.DevStack.Temporal.Engine.Lifecycle;
using Stedi.DevStack.Temporal.Engine.Transitions;

namespace Stedi.DevStack.Temporal.Engine.Timers;

/// <summary>The kinds of deadlines.</summary>
public enum DeadlineKind
{
    RunTimeout,
    FirstWorkflowTask,
    WorkflowTaskTimeout,
    StickyTimeout,
    ActivityTimeout,
    ActivityRetry,
    UserTimer,
}

/// <summary>A time at which something happens to a run unless its state changes first.</summary>
public readonly record struct Deadline(
    DateTimeOffset Due, DeadlineKind Kind, long EventId = 0, TimeoutType Timeout = TimeoutType.Unspecified, string TimerId = "");

/// <summary>Calculates the deadlines of a run from its state. They are not stored, so they cannot be stale.</summary>
public static class Deadlines
{
    /// <summary>The next deadline, or <c>null</c> if the run has none.</summary>
    public static Deadline? Next(ExecutionState state)
    {
        Deadline? next = null;
        foreach (var deadline in Of(state))
        {
            next = next is { } earliest && earliest.Due <= deadline.Due ? earliest : deadline;
        }

        return next;
    }

    public static IEnumerable<Deadline> Of(ExecutionState state)
    {
        if (!state.IsRunning)
        {
            return [];
        }

        return OfRun(state)
            .Concat(OfWorkflowTask(state))
            .Concat(state.Timers.Values
                .Where(t => t.Phase == TimerPhase.Running)
                .Select(t => new Deadline(t.Due, DeadlineKind.UserTimer, t.StartedEventId, TimerId: t.TimerId)))
            .Concat(state.Activities.Values.SelectMany(OfActivity));
    }

    private static IEnumerable<Deadline> OfRun(ExecutionState state)
    {
        if (state.RunExpiration is { } run)
        {
            yield return new(run, DeadlineKind.RunTimeout);
        }

        if (state.ExecutionExpiration is { } execution)
        {
            yield return new(execution, DeadlineKind.RunTimeout);
        }

        if (state.FirstTaskDue is { } first)
        {
            yield return new(first, DeadlineKind.FirstWorkflowTask);
        }
    }

    private static IEnumerable<Deadline> OfWorkflowTask(ExecutionState state)
    {
        var task = state.WorkflowTask;
        if (task.Phase == WorkflowTaskPhase.Started)
        {
            yield return new(task.StartedTime + task.StartToClose, DeadlineKind.WorkflowTaskTimeout, task.ScheduledEventId);
        }
        else if (task.Phase == WorkflowTaskPhase.Scheduled && task.IsSticky)
        {
            yield return new(task.ScheduledTime + state.StickyScheduleToStart, DeadlineKind.StickyTimeout, task.ScheduledEventId);
        }
    }

    private static IEnumerable<Deadline> OfActivity(ActivityState activity)
    {
        if (activity.Phase == ActivityPhase.Closed)
        {
            yield break;
        }

        if (activity.Expiration is { } expiration)
        {
            yield return Timeout(expiration, TimeoutType.ScheduleToClose);
        }

        if (activity.Phase == ActivityPhase.Scheduled && activity.ScheduleToStart > TimeSpan.Zero)
        {
            yield return Timeout(activity.AttemptDue + activity.ScheduleToStart, TimeoutType.ScheduleToStart);
        }

        if (activity.Phase == ActivityPhase.BackingOff)
        {
            yield return new(activity.AttemptDue, DeadlineKind.ActivityRetry, activity.ScheduledEventId);
        }

        if (activity is { Phase: ActivityPhase.Started, StartedTime: { } started })
        {
            if (activity.StartToClose > TimeSpan.Zero)
            {
                yield return Timeout(started + activity.StartToClose, TimeoutType.StartToClose);
            }

            if (activity.Heartbeat > TimeSpan.Zero)
            {
                yield return Timeout((activity.LastHeartbeatTime ?? started) + activity.Heartbeat, TimeoutType.Heartbeat);
            }
        }

        Deadline Timeout(DateTimeOffset due, TimeoutType type) =>
            new(due, DeadlineKind.ActivityTimeout, activity.ScheduledEventId, type);
    }
}

/// <summary>Performs what a deadline causes.</summary>
public static class DeadlineActions
{
    /// <summary>Performs everything that is due, earliest first. Each step may remove later deadlines.</summary>
    public static void FireDue(Transaction tx)
    {
        while (Deadlines.Next(tx.State) is { } next && next.Due <= tx.Now)
        {
            Fire(tx, next);
        }
    }

    private static void Fire(Transaction tx, Deadline deadline)
    {
        switch (deadline.Kind)
        {
            case DeadlineKind.RunTimeout:
                RunCloser.TimeOut(tx);
                break;
            case DeadlineKind.FirstWorkflowTask:
                tx.State.FirstTaskDue = null;
                tx.MarkDirty();
                tx.RequestWorkflowTask();
                break;
            case DeadlineKind.WorkflowTaskTimeout:
                WorkflowTaskMachine.TimeOut.Fire(tx.State.WorkflowTask, tx, default);
                break;
            case DeadlineKind.StickyTimeout:
                WorkflowTaskMachine.LoseStickyWorker.Fire(tx.State.WorkflowTask, tx, default);
                break;
            case DeadlineKind.ActivityTimeout:
                ActivityOutcomes.TimeOut(tx.State.Activities[deadline.EventId], tx, deadline.Timeout);
                break;
            case DeadlineKind.ActivityRetry:
                ActivityMachine.Enqueue.Fire(tx.State.Activities[deadline.EventId], tx, default);
                break;
            case DeadlineKind.UserTimer:
                TimerMachine.Fire.Fire(tx.State.Timers[deadline.TimerId], tx, default);
                break;
        }
    }
}
