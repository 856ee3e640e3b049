using Stedi.DevStack.Temporal.Executions;
using Stedi.DevStack.Temporal.Frontend;

namespace Stedi.DevStack.Temporal.Operations.Activities;

/// <summary>A sign of life; the answer says what the activity has missed.</summary>
public sealed class RecordHeartbeat(ExecutionDirectory executions)
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
