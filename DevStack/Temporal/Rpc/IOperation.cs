using Stedi.DevStack.Temporal.Common;

namespace Stedi.DevStack.Temporal.Rpc;

/// <summary>One RPC. The message types say which: every method of the services has its own.</summary>
public interface IOperation<in TRequest, TResponse>
    where TRequest : class, IMessage<TRequest>
    where TResponse : class, IMessage<TResponse>
{
    public Task<TResponse> ExecuteAsync(TRequest request, CallContext call);
}

/// <summary>What an operation knows of its caller.</summary>
/// <param name="Cancellation">Cancelled when the caller goes away or the server stops.</param>
/// <param name="Remaining">The time until the caller gives up, or <c>null</c> if it did not say.</param>
/// <param name="ClientName">The SDK, or empty.</param>
/// <param name="ClientVersion">The SDK's version, or empty.</param>
public sealed record CallContext(CancellationToken Cancellation, TimeSpan? Remaining = null, string ClientName = "", string ClientVersion = "")
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    /// <summary>How long a poll may hold this call: the server's own limit, or a little less than the caller's patience.</summary>
    public TimeSpan LongPollTimeout(TimeSpan limit)
    {
        if (Remaining is not { } remaining)
        {
            return limit;
        }

        var patience = remaining > Margin * 2 ? remaining - Margin : remaining / 2;
        return ProtobufTime.Min(limit, patience);
    }
}
