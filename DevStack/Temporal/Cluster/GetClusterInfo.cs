using Stedi.DevStack.Temporal.Rpc;

namespace Stedi.DevStack.Temporal.Cluster;

/// <summary>Describes the server for user interfaces.</summary>
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

/// <summary>Returns the capabilities of the server; only implemented ones are set.</summary>
public sealed class GetSystemInfo : IOperation<GetSystemInfoRequest, GetSystemInfoResponse>
{
    /// <summary>The version of the official server that this one emulates. User interfaces enable features by it.</summary>
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
