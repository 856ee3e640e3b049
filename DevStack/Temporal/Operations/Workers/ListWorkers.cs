using Stedi.DevStack.Temporal.Frontend;

namespace Stedi.DevStack.Temporal.Operations.Workers;

/// <summary>Lists the workers that report themselves: none does, for the namespaces here do not ask for heartbeats of workers. Who polls a queue is in <see cref="Cluster.DescribeTaskQueue"/>.</summary>
public sealed class ListWorkers(NamespaceDirectory namespaces) : IOperation<ListWorkersRequest, ListWorkersResponse>
{
    public Task<ListWorkersResponse> ExecuteAsync(ListWorkersRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        return Task.FromResult(new ListWorkersResponse());
    }
}
