using Stedi.DevStack.Temporal.Executions;
using Stedi.DevStack.Temporal.Executions.Entities;
using Stedi.DevStack.Temporal.Frontend;

namespace Stedi.DevStack.Temporal.Operations.Activities;

/// <summary>An activity's result, by token.</summary>
public sealed class RespondActivityTaskCompleted(ExecutionDirectory executions)
    : IOperation<RespondActivityTaskCompletedRequest, RespondActivityTaskCompletedResponse>
{
    public async Task<RespondActivityTaskCompletedResponse> ExecuteAsync(RespondActivityTaskCompletedRequest request, CallContext call)
    {
        var token = TaskToken.Parse(request.TaskToken);
        await executions.DecideAsync(token.Namespace, token.Run, tx =>
            ActivityOutcomes.Complete(PendingActivity.Require(tx, token), tx, request.Result, request.Identity));
        return new();
    }
}
