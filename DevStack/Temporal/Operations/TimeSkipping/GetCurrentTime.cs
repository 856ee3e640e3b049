using Google.Protobuf.WellKnownTypes;
using Stedi.DevStack.Temporal.Frontend;
using Temporalio.Api.TestService.V1;

namespace Stedi.DevStack.Temporal.Operations.TimeSkipping;

/// <summary>The server's clock.</summary>
public sealed class GetCurrentTime(TimeProvider clock) : IOperation<Empty, GetCurrentTimeResponse>
{
    public Task<GetCurrentTimeResponse> ExecuteAsync(Empty request, CallContext call) =>
        Task.FromResult(new GetCurrentTimeResponse { Time = clock.GetUtcNow().ToTimestamp() });
}
