using Stedi.DevStack.Temporal.Frontend;
using Stedi.DevStack.Temporal.Timers;
using Temporalio.Api.TestService.V1;

namespace Stedi.DevStack.Temporal.Operations.TimeSkipping;

/// <summary>Lets so much time pass on the server's clock, skipping what it can.</summary>
public sealed class UnlockTimeSkippingWithSleep(TimeSkipper skipper) : IOperation<SleepRequest, SleepResponse>
{
    public async Task<SleepResponse> ExecuteAsync(SleepRequest request, CallContext call)
    {
        await skipper.SleepUnlockedAsync(request.Duration.ToSpan(), call.Cancellation);
        return new();
    }
}
