using Stedi.DevStack.Temporal.Frontend;
using Stedi.DevStack.Temporal.Matching;

namespace Stedi.DevStack.Temporal.Operations.Workers;

/// <summary>What is known of one worker.</summary>
public sealed class DescribeWorker(NamespaceDirectory namespaces, WorkerDirectory workers) : IOperation<DescribeWorkerRequest, DescribeWorkerResponse>
{
    public Task<DescribeWorkerResponse> ExecuteAsync(DescribeWorkerRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        var worker = workers.Of(request.Namespace).FirstOrDefault(w => w.Heartbeat.WorkerInstanceKey == request.WorkerInstanceKey)
            ?? throw Failures.NotFound($"worker not found: {request.WorkerInstanceKey}");
        return Task.FromResult(new DescribeWorkerResponse { WorkerInfo = new() { WorkerHeartbeat = worker.Heartbeat } });
    }
}
