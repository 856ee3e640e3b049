using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Matching;
using Stedi.DevStack.Temporal.Engine.Transitions;
using Stedi.DevStack.Temporal.Namespaces;
using Stedi.DevStack.Temporal.Rpc;

namespace Stedi.DevStack.Temporal.Workers;

/// <summary>Describes a task queue: its pollers and its backlog.</summary>
public sealed class DescribeTaskQueue(NamespaceDirectory namespaces, TaskQueueDirectory queues) : IOperation<DescribeTaskQueueRequest, DescribeTaskQueueResponse>
{
    public Task<DescribeTaskQueueResponse> ExecuteAsync(DescribeTaskQueueRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        if (string.IsNullOrEmpty(request.TaskQueue?.Name))
        {
            throw RpcErrors.InvalidArgument("TaskQueue is not set on request.");
        }

        var kind = request.TaskQueueType == TaskQueueType.Activity ? QueueKind.Activity : QueueKind.Workflow;
        var key = new QueueKey(request.Namespace, request.TaskQueue.Name, kind);
        var isNexus = request.TaskQueueType == TaskQueueType.Nexus;
        var response = new DescribeTaskQueueResponse
        {
            TaskQueueStatus = new() { BacklogCountHint = isNexus ? 0 : queues.BacklogOf(key) },
            Stats = new() { ApproximateBacklogCount = isNexus ? 0 : queues.BacklogOf(key) },
        };
        if (!isNexus)
        {
            response.Pollers.Add(queues.PollersOf(key).Select(p => new Temporalio.Api.TaskQueue.V1.PollerInfo
            {
                Identity = p.Key,
                LastAccessTime = p.Value.ToTimestamp(),
                RatePerSecond = 100_000,
            }));
        }

        return Task.FromResult(response);
    }
}
