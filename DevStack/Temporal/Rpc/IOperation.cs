using Stedi.DevStack.Temporal.Common;

namespace Stedi.DevStack.Temporal.Rpc;

/// <summary>Handles one RPC, which is identified by its message types: no two methods of the services share them.</summary>
public interface IOperation<in TRequest, TResponse>
    where TRequest : class, IMessage<TRequest>
    where TResponse : class, IMessage<TResponse>
{
    public Task<TResponse> ExecuteAsync(TRequest request, CallContext call);
}

/// <summary>What an operation knows about its caller.</summary>
/// <param name="Cancellation">Cancelled when the caller disconnects or the server stops.</param>
/// <param name="Remaining">The time until the call's deadline, or <c>null</c> if it has none.</param>
/// <param name="ClientName">The name of the SDK, or empty.</param>
/// <param name="ClientVersion">The SDK's version, or empty.</param>
public sealed record CallContext(CancellationToken Cancellation, TimeSpan? Remaining = null, string ClientName = "", string ClientVersion = "")
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    /// <summary>How long a poll may hold this call: the server's own limit, or a little less than the time to the caller's deadline.</summary>
    public TimeSpan LongPollTimeout(TimeSpan limit)
    {
        if (Remaining is not { } remaining)
        {
            return limit;
        }

        var available = remaining > Margin * 2 ? remaining - Margin : remaining / 2;
        return ProtobufTime.Min(limit, available);
    }
}
