using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Commits;
using Stedi.DevStack.Temporal.Engine.Executions;
using Stedi.DevStack.Temporal.Engine.Lifecycle;
using Stedi.DevStack.Temporal.Engine.Transitions;
using Stedi.DevStack.Temporal.Namespaces;
using Stedi.DevStack.Temporal.Rpc;
using Temporalio.Api.Activity.V1;

namespace Stedi.DevStack.Temporal.Activities;

/// <summary>Changes the timeouts, retry policy or task queue of pending activities, from their next attempt on.</summary>
public sealed class UpdateActivityOptions(NamespaceDirectory namespaces, ExecutionDirectory executions)
    : IOperation<UpdateActivityOptionsRequest, UpdateActivityOptionsResponse>
{
    public Task<UpdateActivityOptionsResponse> ExecuteAsync(UpdateActivityOptionsRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        return executions.DecideAsync(request.Namespace, request.Execution, tx =>
        {
            RunPreconditions.RequireOpen(tx);
            var selected = SelectedActivities.Of(tx, request.Id, request.Type, request.MatchAll);
            foreach (var activity in selected)
            {
                Update(tx, activity, request);
            }

            return new UpdateActivityOptionsResponse { ActivityOptions = PendingActivityDescription.Of(selected[0]).ActivityOptions };
        });
    }

    private static void Update(Transaction tx, ActivityState activity, UpdateActivityOptionsRequest request)
    {
        // Clone: the retry policy is shared with the event in history.
        var options = PendingActivityDescription.Of(activity).ActivityOptions.Clone();
        if (request.RestoreOriginal)
        {
            options = OriginalOf(tx.Execution.ScheduledActivity(activity.ScheduledEventId));
        }
        else if (request.UpdateMask is { } mask)
        {
            mask.Merge(request.ActivityOptions ?? new(), options, new() { ReplaceMessageFields = true });
        }

        tx.MarkDirty();
        activity.TaskQueue = string.IsNullOrEmpty(options.TaskQueue?.Name) ? activity.TaskQueue : options.TaskQueue.Name;
        activity.ScheduleToClose = options.ScheduleToCloseTimeout.ToSpan();
        activity.ScheduleToStart = options.ScheduleToStartTimeout.ToSpan();
        activity.StartToClose = options.StartToCloseTimeout.ToSpan();
        activity.Heartbeat = options.HeartbeatTimeout.ToSpan();
        activity.RetryPolicy = RetrySchedule.Complete(options.RetryPolicy);
        if (activity.Phase == ActivityPhase.Scheduled)
        {
            ActivityMachine.Enqueue.Fire(activity, tx, default);
        }
    }

    private static ActivityOptions OriginalOf(ActivityTaskScheduledEventAttributes scheduled) => new()
    {
        TaskQueue = scheduled.TaskQueue,
        ScheduleToCloseTimeout = scheduled.ScheduleToCloseTimeout,
        ScheduleToStartTimeout = scheduled.ScheduleToStartTimeout,
        StartToCloseTimeout = scheduled.StartToCloseTimeout,
        HeartbeatTimeout = scheduled.HeartbeatTimeout,
        RetryPolicy = scheduled.RetryPolicy,
    };
}
