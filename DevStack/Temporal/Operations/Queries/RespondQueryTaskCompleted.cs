using Stedi.DevStack.Temporal.Frontend;

namespace Stedi.DevStack.Temporal.Operations.Queries;

/// <summary>A worker's answer to a query task.</summary>
public sealed class RespondQueryTaskCompleted(QueryRegistry registry)
    : IOperation<RespondQueryTaskCompletedRequest, RespondQueryTaskCompletedResponse>
{
    public Task<RespondQueryTaskCompletedResponse> ExecuteAsync(RespondQueryTaskCompletedRequest request, CallContext call)
    {
        var isAwaited = registry.Answer(request.TaskToken.ToStringUtf8(), new()
        {
            ResultType = request.CompletedType,
            Answer = request.QueryResult,
            ErrorMessage = request.ErrorMessage,
            Failure = request.Failure,
        });
        return isAwaited
            ? Task.FromResult(new RespondQueryTaskCompletedResponse())
            : throw Failures.NotFound("query task not found, or already expired");
    }
}
