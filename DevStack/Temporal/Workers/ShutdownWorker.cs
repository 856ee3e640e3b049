using Stedi.DevStack.Temporal.Engine.Matching;
using Stedi.DevStack.Temporal.Engine.Transitions;
using Stedi.DevStack.Temporal.Namespaces;
using Stedi.DevStack.Temporal.Rpc;

namespace Stedi.DevStack.Temporal.Workers;

/// <summary>A worker says goodbye: its polls end, and its own queue is given up.</summary>
public sealed class ShutdownWorker(NamespaceDirectory namespaces, TaskQueueDirectory queues, WorkerDirectory workers, StickyFallback fallback)
    : IOperation<ShutdownWorkerRequest, ShutdownWorkerResponse>
{
    public async Task<ShutdownWorkerResponse> ExecuteAsync(ShutdownWorkerRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        if (request.WorkerInstanceKey.Length > 0)
        {
            queues.ReleasePollers(request.WorkerInstanceKey);
            workers.Remove(request.Namespace, request.WorkerInstanceKey);
        }

        if (request.StickyTaskQueue.Length > 0)
        {
            await fallback.RerouteAsync(queues.CloseSticky(new(request.Namespace, request.StickyTaskQueue, QueueKind.Workflow)));
        }

        return new();
    }
}

/// <summary>Workers tell of themselves; the core does so only where the namespace asks for it, which ours does not.</summary>
public sealed class RecordWorkerHeartbeat(NamespaceDirectory namespaces, WorkerDirectory workers)
    : IOperation<RecordWorkerHeartbeatRequest, RecordWorkerHeartbeatResponse>
{
    public Task<RecordWorkerHeartbeatResponse> ExecuteAsync(RecordWorkerHeartbeatRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        foreach (var heartbeat in request.WorkerHeartbeat)
        {
            workers.RecordHeartbeat(request.Namespace, heartbeat);
        }

        return Task.FromResult(new RecordWorkerHeartbeatResponse());
    }
}
