using Stedi.DevStack.Temporal.Frontend;

namespace Stedi.DevStack.Temporal.Operations.Cluster;

/// <summary>Every namespace.</summary>
public sealed class ListNamespaces(NamespaceDirectory namespaces) : IOperation<ListNamespacesRequest, ListNamespacesResponse>
{
    public Task<ListNamespacesResponse> ExecuteAsync(ListNamespacesRequest request, CallContext call) =>
        Task.FromResult(new ListNamespacesResponse { Namespaces = { namespaces.All.Select(NamespaceDescription.Of) } });
}
