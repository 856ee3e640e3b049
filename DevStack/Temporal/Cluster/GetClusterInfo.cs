using Stedi.DevStack.Temporal.Rpc;

namespace Stedi.DevStack.Temporal.Cluster;

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

/// <summary>What this server can do; nothing is promised that is not built.</summary>
public sealed class GetSystemInfo : IOperation<GetSystemInfoRequest, GetSystemInfoResponse>
{
    /// <summary>The version of the official server this one behaves like; user interfaces gate features on it.</summary>
    public const string ServerVersion = "1.32.0";

    public Task<GetSystemInfoResponse> ExecuteAsync(GetSystemInfoRequest request, CallContext call) => Task.FromResult(new GetSystemInfoResponse
    {
        ServerVersion = ServerVersion,
        Capabilities = new()
        {
            SignalAndQueryHeader = true,
            InternalErrorDifferentiation = true,
            ActivityFailureIncludeHeartbeat = true,
            SupportsSchedules = true,
            EncodedFailureAttributes = true,
            BuildIdBasedVersioning = true,
            UpsertMemo = true,
            SdkMetadata = true,
            CountGroupByExecutionStatus = true,
        },
    });
}
