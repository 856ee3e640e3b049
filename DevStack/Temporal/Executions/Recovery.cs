using Stedi.DevStack.Temporal.Executions.Entities;
using Stedi.DevStack.Temporal.Executions.Outbox;
using Stedi.DevStack.Temporal.Matching;
using Stedi.DevStack.Temporal.Storage;
using Stedi.DevStack.Temporal.Timers;
using Stedi.DevStack.Temporal.Visibility;

namespace Stedi.DevStack.Temporal.Executions;

/// <summary>Takes up where the last process ended: timers, tasks and messages are read from the state of each run.</summary>
public sealed class Recovery(
    IStateStore store, TimerQueue timers, TaskQueues queues, VisibilityIndex visibility, StickyFallback sticky, OutboxDispatcher outbox)
{
    /// <summary>To be called once, before anybody is served.</summary>
    /// <exception cref="TemporalServerException">A stored state cannot be read.</exception>
    public async Task RunAsync()
    {
        List<QueueItem> stickyTasks = [];
        foreach (var row in RunRecords.Settled(store))
        {
            visibility.Put(row);
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
