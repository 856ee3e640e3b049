using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Namespaces;
using Stedi.DevStack.Temporal.Rpc;
using Temporalio.Api.Schedule.V1;

namespace Stedi.DevStack.Temporal.Schedules;

/// <summary>Describes a schedule: its definition, its state and its next actions.</summary>
public sealed class DescribeSchedule(NamespaceDirectory namespaces, ScheduleDirectory schedules, ScheduleActions actions)
    : IOperation<DescribeScheduleRequest, DescribeScheduleResponse>
{
    public Task<DescribeScheduleResponse> ExecuteAsync(DescribeScheduleRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        return schedules.DecideAsync(request.Namespace, request.ScheduleId, async record =>
        {
            await actions.ObserveAsync(record);
            return new DescribeScheduleResponse
            {
                Schedule = record.Schedule,
                Info = WithFuture(record),
                Memo = record.Memo,
                SearchAttributes = record.SearchAttributes,
                ConflictToken = ScheduleChanges.ConflictTokenOf(record),
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

/// <summary>Lists the times of a schedule within a span.</summary>
public sealed class ListScheduleMatchingTimes(NamespaceDirectory namespaces, ScheduleDirectory schedules)
    : IOperation<ListScheduleMatchingTimesRequest, ListScheduleMatchingTimesResponse>
{
    private const int MaximumTimes = 1000;

    public Task<ListScheduleMatchingTimesResponse> ExecuteAsync(ListScheduleMatchingTimesRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        if (request.StartTime is null || request.EndTime is null)
        {
            throw RpcErrors.InvalidArgument("StartTime and EndTime must be set on request.");
        }

        return schedules.DecideAsync(request.Namespace, request.ScheduleId, record => Task.FromResult(new ListScheduleMatchingTimesResponse
        {
            StartTime =
            {
                ScheduleTimes.Between(
                    record.Schedule.Spec, record.ScheduleId, request.StartTime.ToMoment().AddTicks(-1), request.EndTime.ToMoment())
                    .Take(MaximumTimes).Select(time => time.Actual.ToTimestamp()),
            },
        }));
    }
}
