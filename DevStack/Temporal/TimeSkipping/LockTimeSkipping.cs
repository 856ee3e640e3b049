using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Rpc;
using Temporalio.Api.TestService.V1;
using Empty = Google.Protobuf.WellKnownTypes.Empty;

namespace Stedi.DevStack.Temporal.TimeSkipping;

/// <summary>Adds a time skipping lock: time passes normally until every lock is released.</summary>
public sealed class LockTimeSkipping(TimeSkipper skipper) : IOperation<LockTimeSkippingRequest, LockTimeSkippingResponse>
{
    public Task<LockTimeSkippingResponse> ExecuteAsync(LockTimeSkippingRequest request, CallContext call)
    {
        skipper.Lock();
        return Task.FromResult(new LockTimeSkippingResponse());
    }
}

/// <summary>Releases one time skipping lock; without locks, time is skipped.</summary>
public sealed class UnlockTimeSkipping(TimeSkipper skipper) : IOperation<UnlockTimeSkippingRequest, UnlockTimeSkippingResponse>
{
    public Task<UnlockTimeSkippingResponse> ExecuteAsync(UnlockTimeSkippingRequest request, CallContext call)
    {
        skipper.Unlock();
        return Task.FromResult(new UnlockTimeSkippingResponse());
    }
}

/// <summary>Sleeps for a duration of the server's clock, skipping time where possible.</summary>
public sealed class UnlockTimeSkippingWithSleep(TimeSkipper skipper) : IOperation<SleepRequest, SleepResponse>
{
    public async Task<SleepResponse> ExecuteAsync(SleepRequest request, CallContext call)
    {
        await skipper.SleepUnlockedAsync(request.Duration.ToSpan(), call.Cancellation);
        return new();
    }
}

/// <summary>Returns the time of the server's clock.</summary>
public sealed class GetCurrentTime(TimeProvider clock) : IOperation<Empty, GetCurrentTimeResponse>
{
    public Task<GetCurrentTimeResponse> ExecuteAsync(Empty request, CallContext call) =>
        Task.FromResult(new GetCurrentTimeResponse { Time = clock.GetUtcNow().ToTimestamp() });
}
