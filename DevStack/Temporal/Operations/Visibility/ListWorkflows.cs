using Stedi.DevStack.Temporal.Frontend;
using Stedi.DevStack.Temporal.Visibility;
using Stedi.DevStack.Temporal.Visibility.Query;

namespace Stedi.DevStack.Temporal.Operations.Visibility;

/// <summary>Lists runs that match a query, newest first.</summary>
public sealed class ListWorkflows(NamespaceDirectory namespaces, VisibilityIndex index, SearchAttributeCatalog attributes)
    : IOperation<ListWorkflowExecutionsRequest, ListWorkflowExecutionsResponse>
{
    private const int LargestPage = 1000;

    public Task<ListWorkflowExecutionsResponse> ExecuteAsync(ListWorkflowExecutionsRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        var query = QueryParser.Parse(request.Query, attributes);
        var size = request.PageSize is > 0 and < LargestPage ? request.PageSize : LargestPage;
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
            : throw Failures.InvalidArgument("The page token is not one of this server.");
    }
}
