using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Executions;
using Stedi.DevStack.Temporal.Engine.Transitions;
using Stedi.DevStack.Temporal.Rpc;

namespace Stedi.DevStack.Temporal.Activities;

/// <summary>Finds the activity that a request refers to.</summary>
internal static class PendingActivity
{
    /// <exception cref="RequestException">The attempt of the token is not running.</exception>
    public static ActivityState Require(Transaction tx, TaskToken token) =>
        tx.State.IsRunning
        && tx.State.Activities.TryGetValue(token.ScheduledEventId, out var activity)
        && activity.Phase == ActivityPhase.Started
        && activity.Stamp == token.Stamp
            ? activity
            : throw NotPending();

    /// <exception cref="RequestException">No such activity is pending.</exception>
    public static ActivityState Require(Transaction tx, string activityId) =>
        tx.State.IsRunning
            ? tx.State.Activities.Values.FirstOrDefault(a => a.ActivityId == activityId && a.Phase != ActivityPhase.Closed) ?? throw NotPending()
            : throw RpcErrors.AlreadyCompleted();

    private static RequestException NotPending() => RpcErrors.NotFound(
        "invalid activityID or activity already timed out or invoking workflow is completed");
}

/// <summary>Selects pending activities for operator requests.</summary>
internal static class SelectedActivities
{
    /// <exception cref="RequestException">No pending activity matches.</exception>
    public static IReadOnlyList<ActivityState> Of(Transaction tx, string id, string type, bool all)
    {
        ActivityState[] selected =
        [
            .. tx.State.Activities.Values
                .Where(a => a.Phase != ActivityPhase.Closed)
                .Where(a => all || (id.Length > 0 ? a.ActivityId == id : type.Length > 0 && a.ActivityType == type)),
        ];
        return selected.Length > 0
            ? selected
            : throw RpcErrors.NotFound($"workflow {tx.State.WorkflowId} has no pending activity {(id.Length > 0 ? id : type)}");
    }
}
