using Stedi.DevStack.Temporal.Frontend;
using Stedi.DevStack.Temporal.Schedules;
using Stedi.DevStack.Temporal.Visibility;
using Stedi.DevStack.Temporal.Visibility.Query;
using Temporalio.Api.Schedule.V1;

namespace Stedi.DevStack.Temporal.Operations.Schedules;

/// <summary>Lists the schedules that match a query, by id.</summary>
public sealed class ListSchedules(NamespaceDirectory namespaces, ScheduleBook book, SearchAttributeCatalog attributes)
    : IOperation<ListSchedulesRequest, ListSchedulesResponse>
{
    private const int LargestPage = 1000;
    private const int Shown = 5;

    public Task<ListSchedulesResponse> ExecuteAsync(ListSchedulesRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        var query = QueryParser.Parse(request.Query, attributes);
        var size = request.MaximumPageSize is > 0 and < LargestPage ? request.MaximumPageSize : LargestPage;
        var after = request.NextPageToken.ToStringUtf8();
        var page = book.All
            .Where(r => r.Namespace == request.Namespace && string.CompareOrdinal(r.ScheduleId, after) > 0)
            .Where(r => query.Matches(ScheduleRow.Of(r)))
            .OrderBy(r => r.ScheduleId, StringComparer.Ordinal)
            .Take(size + 1).ToArray();
        var response = new ListSchedulesResponse { Schedules = { page.Take(size).Select(EntryOf) } };
        if (page.Length > size)
        {
            response.NextPageToken = ByteString.CopyFromUtf8(page[size - 1].ScheduleId);
        }

        return Task.FromResult(response);
    }

    private static ScheduleListEntry EntryOf(ScheduleRecord record) => new()
    {
        ScheduleId = record.ScheduleId,
        Memo = record.Memo,
        SearchAttributes = record.SearchAttributes,
        Info = new()
        {
            Spec = record.Schedule.Spec,
            WorkflowType = record.Schedule.Action.StartWorkflow.WorkflowType,
            Notes = record.Schedule.State.Notes,
            Paused = record.Schedule.State.Paused,
            RecentActions = { record.Info.RecentActions.TakeLast(Shown) },
            FutureActionTimes = { DescribeSchedule.FutureOf(record, Shown) },
        },
    };
}
