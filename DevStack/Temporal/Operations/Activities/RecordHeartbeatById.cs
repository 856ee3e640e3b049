using Stedi.DevStack.Temporal.Executions;
using Stedi.DevStack.Temporal.Frontend;

namespace Stedi.DevStack.Temporal.Operations.Activities;

/// <summary>A sign of life, by id.</summary>
public sealed class RecordHeartbeatById(NamespaceDirectory namespaces, ExecutionDirectory executions)
    : IOperation<RecordActivityTaskHeartbeatByIdRequest, RecordActivityTaskHeartbeatByIdResponse>
{
    public async Task<RecordActivityTaskHeartbeatByIdResponse> ExecuteAsync(RecordActivityTaskHeartbeatByIdRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        var run = new WorkflowExecution { WorkflowId = request.WorkflowId, RunId = request.RunId };
        return await executions.DecideAsync(request.Namespace, run, tx =>
        {
            var activity = PendingActivity.Require(tx, request.ActivityId);
            Heartbeats.Record(activity, tx, request.Details);
            return new RecordActivityTaskHeartbeatByIdResponse
            {
                CancelRequested = activity.CancelRequestedEventId > 0,
                ActivityPaused = activity.PauseRequested,
                ActivityReset = activity.ResetRequested,
            };
        });
    }
}
