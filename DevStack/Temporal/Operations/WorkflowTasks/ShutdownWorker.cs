using Stedi.DevStack.Temporal.Frontend;
using Stedi.DevStack.Temporal.Matching;

namespace Stedi.DevStack.Temporal.Operations.WorkflowTasks;

/// <summary>A worker says goodbye: its polls end, and its own queue is given up.</summary>
public sealed class ShutdownWorker(NamespaceDirectory namespaces, TaskQueues queues, WorkerDirectory workers, StickyFallback fallback)
    : IOperation<ShutdownWorkerRequest, ShutdownWorkerResponse>
{
    public async Task<ShutdownWorkerResponse> ExecuteAsync(ShutdownWorkerRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        if (request.WorkerInstanceKey.Length > 0)
        {
            queues.ReleasePollers(request.WorkerInstanceKey);
            workers.Left(request.Namespace, request.WorkerInstanceKey);
        }

        if (request.StickyTaskQueue.Length > 0)
        {
            await fallback.RerouteAsync(queues.CloseSticky(new(request.Namespace, request.StickyTaskQueue, QueueKind.Workflow)));
        }

        return new();
    }
}
