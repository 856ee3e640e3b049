using Stedi.DevStack.Temporal.Executions;
using Stedi.DevStack.Temporal.Executions.Entities;
using Stedi.DevStack.Temporal.Frontend;

namespace Stedi.DevStack.Temporal.Operations.Activities;

/// <summary>An activity's result, by id: from outside any worker.</summary>
public sealed class RespondActivityTaskCompletedById(NamespaceDirectory namespaces, ExecutionDirectory executions)
    : IOperation<RespondActivityTaskCompletedByIdRequest, RespondActivityTaskCompletedByIdResponse>
{
    public async Task<RespondActivityTaskCompletedByIdResponse> ExecuteAsync(RespondActivityTaskCompletedByIdRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        var run = new WorkflowExecution { WorkflowId = request.WorkflowId, RunId = request.RunId };
        await executions.DecideAsync(request.Namespace, run, tx =>
            ActivityOutcomes.Complete(PendingActivity.Require(tx, request.ActivityId), tx, request.Result, request.Identity));
        return new();
    }
}
