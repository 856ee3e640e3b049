using Stedi.DevStack.Temporal.Frontend;
using Stedi.DevStack.Temporal.Schedules;
using Stedi.DevStack.Temporal.Visibility;
using Stedi.DevStack.Temporal.Visibility.Query;

namespace Stedi.DevStack.Temporal.Operations.Schedules;

/// <summary>Counts the schedules that match a query.</summary>
public sealed class CountSchedules(NamespaceDirectory namespaces, ScheduleBook book, SearchAttributeCatalog attributes)
    : IOperation<CountSchedulesRequest, CountSchedulesResponse>
{
    public Task<CountSchedulesResponse> ExecuteAsync(CountSchedulesRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        var query = QueryParser.Parse(request.Query, attributes);
        var matching = book.All.Where(r => r.Namespace == request.Namespace).Select(ScheduleRow.Of).Where(query.Matches).ToArray();
        var response = new CountSchedulesResponse { Count = matching.Length };
        if (query.GroupBy is { } attribute)
        {
            response.Groups.Add(matching.GroupBy(row => $"{row[attribute]}").OrderBy(group => group.Key, StringComparer.Ordinal).Select(group =>
                new CountSchedulesResponse.Types.AggregationGroup { GroupValues = { AttributePayload.Of(group.Key) }, Count = group.Count() }));
        }

        return Task.FromResult(response);
    }
}
