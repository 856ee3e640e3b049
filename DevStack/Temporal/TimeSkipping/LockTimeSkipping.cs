using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Rpc;
using Temporalio.Api.TestService.V1;
using Empty = Google.Protobuf.WellKnownTypes.Empty;

namespace Stedi.DevStack.Temporal.TimeSkipping;

/// <summary>Time flows as usual until every lock is gone.</summary>
public sealed class LockTimeSkipping(TimeSkipper skipper) : IOperation<LockTimeSkippingRequest, LockTimeSkippingResponse>
{
    public Task<LockTimeSkippingResponse> ExecuteAsync(LockTimeSkippingRequest request, CallContext call)
    {
        skipper.Lock();
        return Task.FromResult(new LockTimeSkippingResponse());
    }
}

/// <summary>Takes one lock away; without any, waiting takes no time.</summary>
public sealed class UnlockTimeSkipping(TimeSkipper skipper) : IOperation<UnlockTimeSkippingRequest, UnlockTimeSkippingResponse>
{
    public Task<UnlockTimeSkippingResponse> ExecuteAsync(UnlockTimeSkippingRequest request, CallContext call)
    {
        skipper.Unlock();
        return Task.FromResult(new UnlockTimeSkippingResponse());
    }
}

/// <summary>Lets so much time pass on the server's clock, skipping what it can.</summary>
public sealed class UnlockTimeSkippingWithSleep(TimeSkipper skipper) : IOperation<SleepRequest, SleepResponse>
{
    public async Task<SleepResponse> ExecuteAsync(SleepRequest request, CallContext call)
    {
        await skipper.SleepUnlockedAsync(request.Duration.ToSpan(), call.Cancellation);
        return new();
    }
}

/// <summary>The server's clock.</summary>
public sealed class GetCurrentTime(TimeProvider clock) : IOperation<Empty, GetCurrentTimeResponse>
{
    public Task<GetCurrentTimeResponse> ExecuteAsync(Empty request, CallContext call) =>
        Task.FromResult(new GetCurrentTimeResponse { Time = clock.GetUtcNow().ToTimestamp() });
}
