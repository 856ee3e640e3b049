using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Transitions;

namespace Stedi.DevStack.Temporal.Engine.Lifecycle;

/// <summary>The policies of a start for a workflow id that is already in use.</summary>
public sealed record WorkflowIdPolicies(WorkflowIdReusePolicy Reuse, WorkflowIdConflictPolicy Conflict, string RequestId);

/// <summary>Applies the reuse and conflict policies of a workflow id.</summary>
public static class WorkflowIdClaim
{
    /// <summary>Returns the existing run to use, or <c>null</c> if a new run may start.</summary>
    /// <exception cref="RequestException">The policies do not allow the start.</exception>
    public static Transaction? Claim(UnitOfWork work, WorkflowIdPolicies policies, string identity)
    {
        if (work.Current() is not { } current)
        {
            return null;
        }

        if (policies.RequestId.Length > 0 && current.State.StartRequestId == policies.RequestId)
        {
            return current;
        }

        return current.State.IsRunning ? ClaimRunning(current, policies, identity) : ClaimClosed(current, policies);
    }

    private static Transaction? ClaimRunning(Transaction current, WorkflowIdPolicies policies, string identity)
    {
        var terminates = policies.Conflict == WorkflowIdConflictPolicy.TerminateExisting
            || policies.Reuse == WorkflowIdReusePolicy.TerminateIfRunning;
        if (terminates)
        {
            RunCloser.Terminate(current, "TerminateIfRunning WorkflowIdReusePolicy Policy", null, identity);
            return null;
        }

        return policies.Conflict == WorkflowIdConflictPolicy.UseExisting
            ? current
            : throw AlreadyStarted(current, "Workflow execution is already running.");
    }

    private static Transaction? ClaimClosed(Transaction current, WorkflowIdPolicies policies) => policies.Reuse switch
    {
        WorkflowIdReusePolicy.RejectDuplicate =>
            throw AlreadyStarted(current, "Workflow execution already finished."),
        WorkflowIdReusePolicy.AllowDuplicateFailedOnly when current.State.Status is WorkflowExecutionStatus.Completed =>
            throw AlreadyStarted(current, "Workflow execution already finished successfully."),
        _ => null,
    };

    private static RequestException AlreadyStarted(Transaction current, string what) => RpcErrors.AlreadyStarted(
        $"{what} WorkflowId: {current.State.WorkflowId}, RunId: {current.State.RunId}.",
        current.State.StartRequestId,
        current.State.RunId);
}
