using Stedi.DevStack.Temporal.Frontend;
using Stedi.DevStack.Temporal.Schedules;

namespace Stedi.DevStack.Temporal.Operations.Schedules;

/// <summary>The times a schedule names within a span.</summary>
public sealed class ListScheduleMatchingTimes(NamespaceDirectory namespaces, ScheduleBook book)
    : IOperation<ListScheduleMatchingTimesRequest, ListScheduleMatchingTimesResponse>
{
    private const int Most = 1000;

    public Task<ListScheduleMatchingTimesResponse> ExecuteAsync(ListScheduleMatchingTimesRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        if (request.StartTime is null || request.EndTime is null)
        {
            throw Failures.InvalidArgument("StartTime and EndTime are needed.");
        }

        return book.DecideAsync(request.Namespace, request.ScheduleId, record => Task.FromResult(new ListScheduleMatchingTimesResponse
        {
            StartTime =
            {
                ScheduleTimes.Between(
                    record.Schedule.Spec, record.ScheduleId, request.StartTime.ToMoment().AddTicks(-1), request.EndTime.ToMoment())
                    .Take(Most).Select(time => time.Actual.ToTimestamp()),
            },
        }));
    }
}
