using Stedi.DevStack.Temporal.Frontend;
using Stedi.DevStack.Temporal.Timers;
using Temporalio.Api.TestService.V1;

namespace Stedi.DevStack.Temporal.Operations.TimeSkipping;

/// <summary>Time flows as usual until every lock is gone.</summary>
public sealed class LockTimeSkipping(TimeSkipper skipper) : IOperation<LockTimeSkippingRequest, LockTimeSkippingResponse>
{
    public Task<LockTimeSkippingResponse> ExecuteAsync(LockTimeSkippingRequest request, CallContext call)
    {
        skipper.Lock();
        return Task.FromResult(new LockTimeSkippingResponse());
    }
}
