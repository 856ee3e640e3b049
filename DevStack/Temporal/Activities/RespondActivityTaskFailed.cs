using Stedi.DevStack.Temporal.Engine.Commits;
using Stedi.DevStack.Temporal.Engine.Transitions;
using Stedi.DevStack.Temporal.Namespaces;
using Stedi.DevStack.Temporal.Rpc;

namespace Stedi.DevStack.Temporal.Activities;

/// <summary>Fails an attempt of an activity, by task token. The retry policy decides whether there is another attempt.</summary>
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

/// <summary>Fails an attempt of an activity, by activity id.</summary>
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
