using Stedi.DevStack.Temporal.Executions;
using Stedi.DevStack.Temporal.Executions.Entities;
using Stedi.DevStack.Temporal.Frontend;

namespace Stedi.DevStack.Temporal.Operations.WorkflowTasks;

/// <summary>A worker could not process its task.</summary>
public sealed class RespondWorkflowTaskFailed(ExecutionDirectory executions)
    : IOperation<RespondWorkflowTaskFailedRequest, RespondWorkflowTaskFailedResponse>
{
    public async Task<RespondWorkflowTaskFailedResponse> ExecuteAsync(RespondWorkflowTaskFailedRequest request, CallContext call)
    {
        var token = TaskToken.Parse(request.TaskToken);
        await executions.DecideAsync(token.Namespace, token.Run, tx => WorkflowTaskMachine.Fail.Fire(
            StartedTask.Require(tx, token), tx, new(request.Cause, request.Failure, request.Identity)));
        return new();
    }
}
