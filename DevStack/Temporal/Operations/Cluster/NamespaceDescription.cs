using Temporalio.Api.Namespace.V1;

namespace Stedi.DevStack.Temporal.Operations.Cluster;

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
