using Stedi.DevStack.Temporal.Executions;
using Stedi.DevStack.Temporal.Executions.Entities;
using Stedi.DevStack.Temporal.Frontend;

namespace Stedi.DevStack.Temporal.Operations.Activities;

/// <summary>The pending activities an operator means.</summary>
internal static class SelectedActivities
{
    /// <exception cref="RequestException">There is none.</exception>
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
            : throw Failures.NotFound($"workflow {tx.State.WorkflowId} has no pending activity {(id.Length > 0 ? id : type)}");
    }
}
