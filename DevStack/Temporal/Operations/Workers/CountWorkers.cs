using Stedi.DevStack.Temporal.Frontend;
using Stedi.DevStack.Temporal.Matching;

namespace Stedi.DevStack.Temporal.Operations.Workers;

/// <summary>Counts the workers that match a query.</summary>
public sealed class CountWorkers(NamespaceDirectory namespaces, WorkerDirectory workers) : IOperation<CountWorkersRequest, CountWorkersResponse>
{
    public Task<CountWorkersResponse> ExecuteAsync(CountWorkersRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        return Task.FromResult(new CountWorkersResponse { Count = WorkerQuery.Find(workers, request.Namespace, request.Query).Count() });
    }
}
