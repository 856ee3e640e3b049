using Stedi.DevStack.Temporal.Frontend;
using Stedi.DevStack.Temporal.Schedules;
using Stedi.DevStack.Temporal.Visibility;
using Stedi.DevStack.Temporal.Visibility.Query;

namespace Stedi.DevStack.Temporal.Operations.Visibility;

/// <summary>Counts runs that match a query, in groups if the query asks for them; schedules too, if it names their division.</summary>
public sealed class CountWorkflows(NamespaceDirectory namespaces, VisibilityIndex index, SearchAttributeCatalog attributes, ScheduleBook schedules)
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
                    GroupValues = { AttributePayload.Of(group.Key) },
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
