using Stedi.DevStack.Temporal.Executions;
using Stedi.DevStack.Temporal.Executions.Entities;
using Stedi.DevStack.Temporal.Frontend;

namespace Stedi.DevStack.Temporal.Operations.Activities;

/// <summary>A failed attempt, by id.</summary>
public sealed class RespondActivityTaskFailedById(NamespaceDirectory namespaces, ExecutionDirectory executions)
    : IOperation<RespondActivityTaskFailedByIdRequest, RespondActivityTaskFailedByIdResponse>
{
    public async Task<RespondActivityTaskFailedByIdResponse> ExecuteAsync(RespondActivityTaskFailedByIdRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        var run = new WorkflowExecution { WorkflowId = request.WorkflowId, RunId = request.RunId };
        await executions.DecideAsync(request.Namespace, run, tx =>
        {
            var activity = PendingActivity.Require(tx, request.ActivityId);
            activity.HeartbeatDetails = request.LastHeartbeatDetails ?? activity.HeartbeatDetails;
            ActivityOutcomes.Fail(activity, tx, request.Failure ?? new(), request.Identity);
        });
        return new();
    }
}
