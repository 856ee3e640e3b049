using Stedi.DevStack.Temporal.Executions;
using Stedi.DevStack.Temporal.Frontend;

namespace Stedi.DevStack.Temporal.Operations.History;

/// <summary>Reads a history from its end, by pages.</summary>
public sealed class GetHistoryReverse(NamespaceDirectory namespaces, ExecutionDirectory executions)
    : IOperation<GetWorkflowExecutionHistoryReverseRequest, GetWorkflowExecutionHistoryReverseResponse>
{
    private const int LargestPage = 1000;

    public Task<GetWorkflowExecutionHistoryReverseResponse> ExecuteAsync(GetWorkflowExecutionHistoryReverseRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        var token = request.NextPageToken.IsEmpty ? null : HistoryPageToken.Parse(request.NextPageToken);
        return executions.DecideAsync(request.Namespace, request.Execution, tx =>
        {
            var last = token?.NextEventId ?? tx.History.Count;
            var size = request.MaximumPageSize is > 0 and < LargestPage ? request.MaximumPageSize : LargestPage;
            var first = Math.Max(1, last - size + 1);
            var response = new GetWorkflowExecutionHistoryReverseResponse { History = new() };
            response.History.Events.Add(tx.History.From(first, (int)(last - first + 1)).Reverse());
            if (first > 1)
            {
                response.NextPageToken = new HistoryPageToken(tx.State.RunId, first - 1).ToByteString();
            }

            return response;
        });
    }
}
