using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Namespaces;
using Stedi.DevStack.Temporal.Rpc;
using Stedi.DevStack.Temporal.Schedules;
using Stedi.DevStack.Temporal.Visibility;

namespace Stedi.DevStack.Temporal.Workflows;

/// <summary>Lists runs that match a query, newest first.</summary>
public sealed class ListWorkflowExecutions(NamespaceDirectory namespaces, VisibilityIndex index, SearchAttributeCatalog attributes)
    : IOperation<ListWorkflowExecutionsRequest, ListWorkflowExecutionsResponse>
{
    public Task<ListWorkflowExecutionsResponse> ExecuteAsync(ListWorkflowExecutionsRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        var query = QueryParser.Parse(request.Query, attributes);
        var size = PageSize.Of(request.PageSize);
        VisibilityCursor? after = request.NextPageToken.IsEmpty ? null : ParseToken(request.NextPageToken);
        var rows = index.Find(request.Namespace, query.Matches, after, size + 1);
        var response = new ListWorkflowExecutionsResponse { Executions = { rows.Take(size).Select(row => row.Info) } };
        if (rows.Count > size)
        {
            var last = VisibilityCursor.Of(rows[size - 1]);
            response.NextPageToken = ByteString.CopyFromUtf8($"{last.StartTicks}/{last.RunId}");
        }

        return Task.FromResult(response);
    }

    private static VisibilityCursor ParseToken(ByteString token)
    {
        var parts = token.ToStringUtf8().Split('/');
        return parts.Length == 2 && long.TryParse(parts[0], out var ticks)
            ? new(ticks, parts[1])
            : throw RpcErrors.InvalidArgument("The page token is not one of this server.");
    }
}

/// <summary>Counts runs that match a query, grouped if the query has GROUP BY. Includes schedules if it names their namespace division.</summary>
public sealed class CountWorkflowExecutions(NamespaceDirectory namespaces, VisibilityIndex index, SearchAttributeCatalog attributes, ScheduleDirectory schedules)
    : IOperation<CountWorkflowExecutionsRequest, CountWorkflowExecutionsResponse>
{
    public Task<CountWorkflowExecutionsResponse> ExecuteAsync(CountWorkflowExecutionsRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        var query = QueryParser.Parse(request.Query, attributes);
        VisibilityRow[] rows = [.. index.Find(request.Namespace, query.Matches, after: null, int.MaxValue), .. Schedules(request.Namespace, query)];
        var response = new CountWorkflowExecutionsResponse { Count = rows.Length };
        if (query.GroupBy is { } attribute)
        {
            response.Groups.Add(rows
                .GroupBy(row => $"{row[attribute]}")
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new CountWorkflowExecutionsResponse.Types.AggregationGroup
                {
                    GroupValues = { SearchAttributePayload.Of(group.Key) },
                    Count = group.Count(),
                }));
        }

        return Task.FromResult(response);
    }

    // How the Web UI counts schedules on servers without CountSchedules.
    private IEnumerable<VisibilityRow> Schedules(string @namespace, ListQuery query) =>
        query.Attributes.Contains(ScheduleRow.Division)
            ? schedules.All.Where(record => record.Namespace == @namespace).Select(ScheduleRow.Of).Where(query.Matches)
            : [];
}
