using Stedi.DevStack.Temporal.Engine.Commits;
using Stedi.DevStack.Temporal.Engine.Executions;
using Stedi.DevStack.Temporal.Engine.Transitions;
using Stedi.DevStack.Temporal.Namespaces;
using Stedi.DevStack.Temporal.Rpc;

namespace Stedi.DevStack.Temporal.Activities;

/// <summary>Records a heartbeat by task token. The response reports cancellation, pause and reset.</summary>
public sealed class RecordActivityTaskHeartbeat(ExecutionDirectory executions)
    : IOperation<RecordActivityTaskHeartbeatRequest, RecordActivityTaskHeartbeatResponse>
{
    public Task<RecordActivityTaskHeartbeatResponse> ExecuteAsync(RecordActivityTaskHeartbeatRequest request, CallContext call)
    {
        var token = TaskToken.Parse(request.TaskToken);
        return executions.DecideAsync(token.Namespace, token.Run, tx =>
        {
            var activity = PendingActivity.Require(tx, token);
            Heartbeats.Record(activity, tx, request.Details);
            return new RecordActivityTaskHeartbeatResponse
            {
                CancelRequested = activity.CancelRequestedEventId > 0,
                ActivityPaused = activity.PauseRequested,
                ActivityReset = activity.ResetRequested,
            };
        });
    }
}

/// <summary>Records a heartbeat by activity id.</summary>
public sealed class RecordActivityTaskHeartbeatById(NamespaceDirectory namespaces, ExecutionDirectory executions)
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

internal static class Heartbeats
{
    public static void Record(ActivityState activity, Transaction tx, Payloads? details)
    {
        tx.MarkDirty();
        activity.LastHeartbeatTime = tx.Now;
        activity.HeartbeatDetails = details ?? activity.HeartbeatDetails;
    }
}
