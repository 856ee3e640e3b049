using Stedi.DevStack.Temporal.Frontend;
using Stedi.DevStack.Temporal.Timers;
using Temporalio.Api.TestService.V1;

namespace Stedi.DevStack.Temporal.Operations.TimeSkipping;

/// <summary>Takes one lock away; without any, waiting takes no time.</summary>
public sealed class UnlockTimeSkipping(TimeSkipper skipper) : IOperation<UnlockTimeSkippingRequest, UnlockTimeSkippingResponse>
{
    public Task<UnlockTimeSkippingResponse> ExecuteAsync(UnlockTimeSkippingRequest request, CallContext call)
    {
        skipper.Unlock();
        return Task.FromResult(new UnlockTimeSkippingResponse());
    }
}
