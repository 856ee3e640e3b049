using Stedi.DevStack.Temporal.Frontend;
using Stedi.DevStack.Temporal.Schedules;
using Temporalio.Api.Schedule.V1;

namespace Stedi.DevStack.Temporal.Operations.Schedules;

/// <summary>Everything about a schedule.</summary>
public sealed class DescribeSchedule(NamespaceDirectory namespaces, ScheduleBook book, ScheduleActions actions)
    : IOperation<DescribeScheduleRequest, DescribeScheduleResponse>
{
    public Task<DescribeScheduleResponse> ExecuteAsync(DescribeScheduleRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        return book.DecideAsync(request.Namespace, request.ScheduleId, async record =>
        {
            await actions.ObserveAsync(record);
            return new DescribeScheduleResponse
            {
                Schedule = record.Schedule,
                Info = WithFuture(record),
                Memo = record.Memo,
                SearchAttributes = record.SearchAttributes,
                ConflictToken = ScheduleChanges.TokenOf(record),
            };
        });
    }

    internal static IEnumerable<Timestamp> FutureOf(ScheduleRecord record, int count) =>
        record.Schedule.State is { LimitedActions: true, RemainingActions: <= 0 }
            ? []
            : ScheduleTimes.Between(record.Schedule.Spec, record.ScheduleId, record.ProcessedUntil, DateTimeOffset.MaxValue)
                .Take(count).Select(time => time.Actual.ToTimestamp());

    private static ScheduleInfo WithFuture(ScheduleRecord record)
    {
        var info = record.Info.Clone();
        info.FutureActionTimes.Add(FutureOf(record, 10));
        return info;
    }
}
