using Stedi.DevStack.Temporal.Engine.Matching;
using Stedi.DevStack.Temporal.Engine.Transitions;
using Stedi.DevStack.Temporal.Namespaces;
using Stedi.DevStack.Temporal.Rpc;

namespace Stedi.DevStack.Temporal.Workers;

/// <summary>Handles ShutdownWorker: cancels the worker's polls and unloads its sticky queue.</summary>
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

/// <summary>Records worker heartbeats. The SDK sends them only if the namespace's capabilities ask for it; ours do not.</summary>
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
