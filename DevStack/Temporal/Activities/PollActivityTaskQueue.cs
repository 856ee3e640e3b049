using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Commits;
using Stedi.DevStack.Temporal.Engine.Executions;
using Stedi.DevStack.Temporal.Engine.Transitions;
using Stedi.DevStack.Temporal.Namespaces;
using Stedi.DevStack.Temporal.Rpc;
using Stedi.DevStack.Temporal.Workers;

namespace Stedi.DevStack.Temporal.Activities;

/// <summary>Long poll for an activity task.</summary>
public sealed class PollActivityTaskQueue(NamespaceDirectory namespaces, ExecutionDirectory executions, PollLoop polls, WorkerDirectory workers)
    : IOperation<PollActivityTaskQueueRequest, PollActivityTaskQueueResponse>
{
    public async Task<PollActivityTaskQueueResponse> ExecuteAsync(PollActivityTaskQueueRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        if (string.IsNullOrEmpty(request.TaskQueue?.Name))
        {
            throw RpcErrors.InvalidArgument("TaskQueue is not set on request.");
        }

        workers.RecordPoll(request.Namespace, request.WorkerInstanceKey, request.Identity, request.TaskQueue.Name, call);
        var key = new QueueKey(request.Namespace, request.TaskQueue.Name, QueueKind.Activity);
        return await polls.PollAsync(key, request.Identity, request.WorkerInstanceKey, call, item => StartAsync(item, request.Identity)) ?? new();
    }

    private Task<PollActivityTaskQueueResponse?> StartAsync(QueueItem item, string identity) => item switch
    {
        ExecutionTask task => executions.DecideAsync(new WorkflowKey(task.Queue.Namespace, task.WorkflowId), work =>
            work.Open(task.RunId) is { } tx ? Start(tx, task, identity) : null),
        _ => Task.FromResult<PollActivityTaskQueueResponse?>(null),
    };

    private static PollActivityTaskQueueResponse? Start(Transaction tx, ExecutionTask task, string identity)
    {
        if (!tx.State.IsRunning
            || !tx.State.Activities.TryGetValue(task.ScheduledEventId, out var activity)
            || activity.Stamp != task.Stamp
            || !ActivityMachine.Start.IsPossible(activity))
        {
            return null;
        }

        ActivityMachine.Start.Fire(activity, tx, new(identity, Guid.NewGuid().ToString()));
        return Response(tx.Execution, activity, tx.Now);
    }

    private static PollActivityTaskQueueResponse Response(Execution execution, ActivityState activity, DateTimeOffset now)
    {
        var state = execution.State;
        var scheduled = execution.ScheduledActivity(activity.ScheduledEventId);
        return new()
        {
            TaskToken = new TaskToken(state.Namespace, state.WorkflowId, state.RunId, activity.ScheduledEventId, activity.Stamp).ToByteString(),
            WorkflowNamespace = state.Namespace,
            WorkflowExecution = execution.Reference,
            WorkflowType = new() { Name = state.WorkflowType },
            ActivityId = activity.ActivityId,
            ActivityType = scheduled.ActivityType,
            Input = scheduled.Input,
            Header = scheduled.Header,
            HeartbeatDetails = activity.HeartbeatDetails,
            ScheduledTime = activity.ScheduledTime.ToTimestamp(),
            CurrentAttemptScheduledTime = activity.AttemptDue.ToTimestamp(),
            StartedTime = now.ToTimestamp(),
            Attempt = activity.Attempt,
            ScheduleToCloseTimeout = activity.ScheduleToClose.ToDuration(),
            StartToCloseTimeout = activity.StartToClose.ToDuration(),
            HeartbeatTimeout = activity.Heartbeat.ToDuration(),
            RetryPolicy = activity.RetryPolicy,
            Priority = activity.Priority,
        };
    }
}
