using Stedi.DevStack.Temporal.Executions;
using Stedi.DevStack.Temporal.Executions.Entities;
using Stedi.DevStack.Temporal.Frontend;

namespace Stedi.DevStack.Temporal.Operations.Activities;

/// <summary>A failed attempt, by token; whether there is another is the server's decision.</summary>
public sealed class RespondActivityTaskFailed(ExecutionDirectory executions)
    : IOperation<RespondActivityTaskFailedRequest, RespondActivityTaskFailedResponse>
{
    public async Task<RespondActivityTaskFailedResponse> ExecuteAsync(RespondActivityTaskFailedRequest request, CallContext call)
    {
        var token = TaskToken.Parse(request.TaskToken);
        await executions.DecideAsync(token.Namespace, token.Run, tx =>
        {
            var activity = PendingActivity.Require(tx, token);
            activity.HeartbeatDetails = request.LastHeartbeatDetails ?? activity.HeartbeatDetails;
            ActivityOutcomes.Fail(activity, tx, request.Failure ?? new(), request.Identity);
        });
        return new();
    }
}
