using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Rpc;
using Temporalio.Api.Namespace.V1;

namespace Stedi.DevStack.Temporal.Namespaces;

/// <summary>Describes a namespace by name or id; workers call it before their first poll.</summary>
public sealed class DescribeNamespace(NamespaceDirectory namespaces) : IOperation<DescribeNamespaceRequest, DescribeNamespaceResponse>
{
    public Task<DescribeNamespaceResponse> ExecuteAsync(DescribeNamespaceRequest request, CallContext call)
    {
        var found = request.Namespace.Length == 0 && request.Id.Length > 0
            ? namespaces.FindById(request.Id) ?? throw RpcErrors.NamespaceNotFound(request.Id)
            : namespaces.Require(request.Namespace);
        return Task.FromResult(NamespaceDescription.Of(found));
    }
}

/// <summary>Lists all namespaces.</summary>
public sealed class ListNamespaces(NamespaceDirectory namespaces) : IOperation<ListNamespacesRequest, ListNamespacesResponse>
{
    public Task<ListNamespacesResponse> ExecuteAsync(ListNamespacesRequest request, CallContext call) =>
        Task.FromResult(new ListNamespacesResponse { Namespaces = { namespaces.All.Select(NamespaceDescription.Of) } });
}

internal static class NamespaceDescription
{
    private static readonly TimeSpan Retention = TimeSpan.FromDays(365);

    public static DescribeNamespaceResponse Of(NamespaceInfo info) => new()
    {
        NamespaceInfo = info,
        Config = new()
        {
            WorkflowExecutionRetentionTtl = Retention.ToDuration(),
            HistoryArchivalState = ArchivalState.Disabled,
            VisibilityArchivalState = ArchivalState.Disabled,
        },
        ReplicationConfig = new() { ActiveClusterName = "active", Clusters = { new Temporalio.Api.Replication.V1.ClusterReplicationConfig { ClusterName = "active" } } },
    };
}
