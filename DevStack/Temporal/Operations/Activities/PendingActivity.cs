using Stedi.DevStack.Temporal.Executions;
using Stedi.DevStack.Temporal.Executions.Entities;
using Stedi.DevStack.Temporal.Frontend;

namespace Stedi.DevStack.Temporal.Operations.Activities;

/// <summary>Finds the activity a worker speaks of.</summary>
internal static class PendingActivity
{
    /// <exception cref="RequestException">The attempt of this token is over.</exception>
    public static ActivityState Require(Transaction tx, TaskToken token) =>
        tx.State.IsRunning
        && tx.State.Activities.TryGetValue(token.ScheduledEventId, out var activity)
        && activity.Phase == ActivityPhase.Started
        && activity.Stamp == token.Stamp
            ? activity
            : throw Gone();

    /// <exception cref="RequestException">No such activity is pending.</exception>
    public static ActivityState Require(Transaction tx, string activityId) =>
        tx.State.IsRunning
            ? tx.State.Activities.Values.FirstOrDefault(a => a.ActivityId == activityId && a.Phase != ActivityPhase.Closed) ?? throw Gone()
            : throw Failures.AlreadyCompleted();

    private static RequestException Gone() => Failures.NotFound(
        "invalid activityID or activity already timed out or invoking workflow is completed");
}
