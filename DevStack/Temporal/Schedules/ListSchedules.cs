using System.Text.Json;
using Stedi.DevStack.Temporal.Namespaces;
using Stedi.DevStack.Temporal.Rpc;
using Stedi.DevStack.Temporal.Visibility;
using Temporalio.Api.Schedule.V1;

namespace Stedi.DevStack.Temporal.Schedules;

/// <summary>Lists the schedules that match a query, ordered by id.</summary>
public sealed class ListSchedules(NamespaceDirectory namespaces, ScheduleDirectory schedules, SearchAttributeCatalog attributes)
    : IOperation<ListSchedulesRequest, ListSchedulesResponse>
{
    private const int ActionsShown = 5;

    public Task<ListSchedulesResponse> ExecuteAsync(ListSchedulesRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        var query = QueryParser.Parse(request.Query, attributes);
        var size = PageSize.Of(request.MaximumPageSize);
        var after = request.NextPageToken.ToStringUtf8();
        var page = schedules.All
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
            RecentActions = { record.Info.RecentActions.TakeLast(ActionsShown) },
            FutureActionTimes = { DescribeSchedule.FutureOf(record, ActionsShown) },
        },
    };
}

/// <summary>Counts the schedules that match a query.</summary>
public sealed class CountSchedules(NamespaceDirectory namespaces, ScheduleDirectory schedules, SearchAttributeCatalog attributes)
    : IOperation<CountSchedulesRequest, CountSchedulesResponse>
{
    public Task<CountSchedulesResponse> ExecuteAsync(CountSchedulesRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        var query = QueryParser.Parse(request.Query, attributes);
        var matching = schedules.All.Where(r => r.Namespace == request.Namespace).Select(ScheduleRow.Of).Where(query.Matches).ToArray();
        var response = new CountSchedulesResponse { Count = matching.Length };
        if (query.GroupBy is { } attribute)
        {
            response.Groups.Add(matching.GroupBy(row => $"{row[attribute]}").OrderBy(group => group.Key, StringComparer.Ordinal).Select(group =>
                new CountSchedulesResponse.Types.AggregationGroup { GroupValues = { SearchAttributePayload.Of(group.Key) }, Count = group.Count() }));
        }

        return Task.FromResult(response);
    }
}

/// <summary>The visibility row of a schedule. On official servers a schedule is a workflow; the row looks like that workflow's.</summary>
internal static class ScheduleRow
{
    /// <summary>The search attribute that a query for runs must name to include schedules.</summary>
    public const string Division = "TemporalNamespaceDivision";

    public static VisibilityRow Of(ScheduleRecord record)
    {
        var attributes = record.SearchAttributes?.Clone() ?? new SearchAttributes();
        attributes.IndexedFields["ScheduleId"] = SearchAttributePayload.Of(record.ScheduleId);
        attributes.IndexedFields[Division] = SearchAttributePayload.Of("TemporalScheduler");
        attributes.IndexedFields["TemporalSchedulePaused"] = new()
        {
            Metadata = { ["type"] = ByteString.CopyFromUtf8("Bool") },
            Data = ByteString.CopyFrom(JsonSerializer.SerializeToUtf8Bytes(record.Schedule.State.Paused)),
        };
        return new(record.Namespace, new()
        {
            Execution = new() { WorkflowId = $"temporal-sys-scheduler:{record.ScheduleId}" },
            Type = new() { Name = "temporal-sys-scheduler-workflow" },
            StartTime = record.Info.CreateTime,
            ExecutionTime = record.Info.CreateTime,
            Status = WorkflowExecutionStatus.Running,
            SearchAttributes = attributes,
        });
    }
}
