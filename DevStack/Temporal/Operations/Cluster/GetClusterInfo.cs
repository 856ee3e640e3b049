using Stedi.DevStack.Temporal.Frontend;

namespace Stedi.DevStack.Temporal.Operations.Cluster;

/// <summary>The server as user interfaces show it.</summary>
public sealed class GetClusterInfo : IOperation<GetClusterInfoRequest, GetClusterInfoResponse>
{
    public Task<GetClusterInfoResponse> ExecuteAsync(GetClusterInfoRequest request, CallContext call) => Task.FromResult(new GetClusterInfoResponse
    {
        ServerVersion = GetSystemInfo.ServerVersion,
        ClusterId = "embedded",
        ClusterName = "active",
        HistoryShardCount = 1,
        PersistenceStore = "sqlite",
        VisibilityStore = "sqlite",
    });
}
