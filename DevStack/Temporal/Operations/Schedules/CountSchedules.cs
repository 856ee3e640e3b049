using Stedi.DevStack.Temporal.Frontend;
using Stedi.DevStack.Temporal.Schedules;

namespace Stedi.DevStack.Temporal.Operations.Schedules;

/// <summary>Counts schedules.</summary>
public sealed class CountSchedules(NamespaceDirectory namespaces, ScheduleBook book) : IOperation<CountSchedulesRequest, CountSchedulesResponse>
{
    public Task<CountSchedulesResponse> ExecuteAsync(CountSchedulesRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        return Task.FromResult(new CountSchedulesResponse { Count = book.All.Count(r => r.Namespace == request.Namespace) });
    }
}
