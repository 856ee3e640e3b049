using Stedi.DevStack.Temporal.Executions;
using Stedi.DevStack.Temporal.Executions.Entities;
using Stedi.DevStack.Temporal.Frontend;

namespace Stedi.DevStack.Temporal.Operations.Activities;

/// <summary>An accepted cancellation, by id.</summary>
public sealed class RespondActivityTaskCanceledById(NamespaceDirectory namespaces, ExecutionDirectory executions)
    : IOperation<RespondActivityTaskCanceledByIdRequest, RespondActivityTaskCanceledByIdResponse>
{
    public async Task<RespondActivityTaskCanceledByIdResponse> ExecuteAsync(RespondActivityTaskCanceledByIdRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        var run = new WorkflowExecution { WorkflowId = request.WorkflowId, RunId = request.RunId };
        await executions.DecideAsync(request.Namespace, run, tx =>
            ActivityOutcomes.Cancel(PendingActivity.Require(tx, request.ActivityId), tx, request.Details, request.Identity));
        return new();
    }
}
