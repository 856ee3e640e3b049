using Stedi.DevStack.Temporal.Engine.Commits;
using Stedi.DevStack.Temporal.Engine.Transitions;
using Stedi.DevStack.Temporal.Namespaces;
using Stedi.DevStack.Temporal.Rpc;

namespace Stedi.DevStack.Temporal.Activities;

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
