using Stedi.DevStack.Temporal.Executions;
using Stedi.DevStack.Temporal.Executions.Entities;
using Stedi.DevStack.Temporal.Frontend;

namespace Stedi.DevStack.Temporal.Operations.Activities;

/// <summary>An activity accepted its cancellation, by token.</summary>
public sealed class RespondActivityTaskCanceled(ExecutionDirectory executions)
    : IOperation<RespondActivityTaskCanceledRequest, RespondActivityTaskCanceledResponse>
{
    public async Task<RespondActivityTaskCanceledResponse> ExecuteAsync(RespondActivityTaskCanceledRequest request, CallContext call)
    {
        var token = TaskToken.Parse(request.TaskToken);
        await executions.DecideAsync(token.Namespace, token.Run, tx =>
            ActivityOutcomes.Cancel(PendingActivity.Require(tx, token), tx, request.Details, request.Identity));
        return new();
    }
}
