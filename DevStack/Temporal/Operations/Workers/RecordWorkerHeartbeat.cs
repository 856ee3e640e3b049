using Stedi.DevStack.Temporal.Frontend;
using Stedi.DevStack.Temporal.Matching;

namespace Stedi.DevStack.Temporal.Operations.Workers;

/// <summary>Workers tell of themselves; the core does so only where the namespace asks for it, which ours does not.</summary>
public sealed class RecordWorkerHeartbeat(NamespaceDirectory namespaces, WorkerDirectory workers)
    : IOperation<RecordWorkerHeartbeatRequest, RecordWorkerHeartbeatResponse>
{
    public Task<RecordWorkerHeartbeatResponse> ExecuteAsync(RecordWorkerHeartbeatRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        foreach (var heartbeat in request.WorkerHeartbeat)
        {
            workers.Told(request.Namespace, heartbeat);
        }

        return Task.FromResult(new RecordWorkerHeartbeatResponse());
    }
}
