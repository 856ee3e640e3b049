using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Commits;
using Stedi.DevStack.Temporal.Engine.Executions;
using Stedi.DevStack.Temporal.Engine.Matching;
using Stedi.DevStack.Temporal.Engine.Outbox;
using Stedi.DevStack.Temporal.Engine.Timers;
using Stedi.DevStack.Temporal.Engine.Transitions;
using Stedi.DevStack.Temporal.Storage;
using Stedi.DevStack.Temporal.Visibility;
using Stedi.DevStack.Temporal.Workers;

namespace Stedi.DevStack.Temporal;

/// <summary>Restores timers, tasks and outbox messages from the stored state of each run.</summary>
public sealed class Recovery(
    IStateStore store, TimerQueue timers, TaskQueueDirectory queues, VisibilityIndex visibility, StickyFallback sticky, OutboxDispatcher outbox)
{
    /// <summary>Call once, before the server accepts requests.</summary>
    /// <exception cref="TemporalServerException">A stored state cannot be read.</exception>
    public async Task RunAsync()
    {
        List<QueueItem> stickyTasks = [];
        foreach (var (@namespace, info) in RunRecords.Settled(store))
        {
            visibility.Put(new VisibilityRow(@namespace, info));
        }

        foreach (var state in RunRecords.Unsettled(store))
        {
            visibility.Put(state);
            timers.Track(state);
            outbox.Track(state);
            foreach (var task in PendingTasks(state))
            {
                if (state.WorkflowTask.IsSticky && task.Queue.Kind == QueueKind.Workflow)
                {
                    stickyTasks.Add(task);
                }
                else
                {
                    queues[task.Queue].Offer(task);
                }
            }
        }

        // The workers that had runs cached have most likely gone since the last process, so any worker may take these tasks.
        await sticky.RerouteAsync(stickyTasks);
    }

    /// <summary>The tasks of a run that wait for a poller.</summary>
    public static IEnumerable<ExecutionTask> PendingTasks(ExecutionState state)
    {
        if (!state.IsRunning)
        {
            return [];
        }

        var activities = state.Activities.Values
            .Where(a => a.Phase == ActivityPhase.Scheduled)
            .Select(a => ActivityMachine.DispatchOf(a, state));
        return state.WorkflowTask.Phase == WorkflowTaskPhase.Scheduled
            ? activities.Prepend(WorkflowTaskMachine.DispatchOf(state))
            : activities;
    }
}
