using Stedi.DevStack.Temporal.Engine.Commits;
using Stedi.DevStack.Temporal.Engine.Transitions;
using Stedi.DevStack.Temporal.Namespaces;
using Stedi.DevStack.Temporal.Rpc;

namespace Stedi.DevStack.Temporal.Activities;

/// <summary>Completes an activity with its result, by task token.</summary>
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

/// <summary>Completes an activity with its result, by activity id: asynchronous completion from outside a worker.</summary>
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
