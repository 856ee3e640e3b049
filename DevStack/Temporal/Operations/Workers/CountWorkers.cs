using Stedi.DevStack.Temporal.Frontend;

namespace Stedi.DevStack.Temporal.Operations.Workers;

/// <summary>Counts what <see cref="ListWorkers"/> lists.</summary>
public sealed class CountWorkers(NamespaceDirectory namespaces) : IOperation<CountWorkersRequest, CountWorkersResponse>
{
    public Task<CountWorkersResponse> ExecuteAsync(CountWorkersRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        return Task.FromResult(new CountWorkersResponse());
    }
}
