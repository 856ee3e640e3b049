using Stedi.DevStack.Temporal.Frontend;

namespace Stedi.DevStack.Temporal.Operations.Cluster;

/// <summary>Describes a namespace by name or id; workers call it before their first poll.</summary>
public sealed class DescribeNamespace(NamespaceDirectory namespaces) : IOperation<DescribeNamespaceRequest, DescribeNamespaceResponse>
{
    public Task<DescribeNamespaceResponse> ExecuteAsync(DescribeNamespaceRequest request, CallContext call)
    {
        var found = request.Namespace.Length == 0 && request.Id.Length > 0
            ? namespaces.FindById(request.Id) ?? throw Failures.NamespaceNotFound(request.Id)
            : namespaces.Require(request.Namespace);
        return Task.FromResult(NamespaceDescription.Of(found));
    }
}
