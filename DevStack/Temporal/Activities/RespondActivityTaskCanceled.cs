using Stedi.DevStack.Temporal.Engine.Commits;
using Stedi.DevStack.Temporal.Engine.Transitions;
using Stedi.DevStack.Temporal.Namespaces;
using Stedi.DevStack.Temporal.Rpc;

namespace Stedi.DevStack.Temporal.Activities;

/// <summary>Completes an activity as cancelled, by task token.</summary>
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

/// <summary>Completes an activity as cancelled, by activity id.</summary>
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
