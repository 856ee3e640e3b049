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

/// <summary>Takes up where the last process ended: timers, tasks and messages are read from the state of each run.</summary>
public sealed class Recovery(
    IStateStore store, TimerQueue timers, TaskQueueDirectory queues, VisibilityIndex visibility, StickyFallback sticky, OutboxDispatcher outbox)
{
    /// <summary>To be called once, before anybody is served.</summary>
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

        // The workers that had runs cached most likely died with the last process: whoever comes may take these.
        await sticky.RerouteAsync(stickyTasks);
    }

    /// <summary>The tasks that wait for a poller.</summary>
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
