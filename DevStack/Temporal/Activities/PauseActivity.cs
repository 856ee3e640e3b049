using Stedi.DevStack.Temporal.Engine.Commits;
using Stedi.DevStack.Temporal.Engine.Lifecycle;
using Stedi.DevStack.Temporal.Engine.Transitions;
using Stedi.DevStack.Temporal.Namespaces;
using Stedi.DevStack.Temporal.Rpc;

namespace Stedi.DevStack.Temporal.Activities;

/// <summary>Pauses an activity: immediately, or after its running attempt.</summary>
public sealed class PauseActivity(NamespaceDirectory namespaces, ExecutionDirectory executions) : IOperation<PauseActivityRequest, PauseActivityResponse>
{
    public async Task<PauseActivityResponse> ExecuteAsync(PauseActivityRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        await executions.DecideAsync(request.Namespace, request.Execution, tx =>
        {
            RunPreconditions.RequireOpen(tx);
            foreach (var activity in SelectedActivities.Of(tx, request.Id, request.Type, all: false))
            {
                ActivityOperatorActions.Pause(activity, tx, request.Identity, request.Reason);
            }
        });
        return new();
    }
}

/// <summary>Resumes a paused activity.</summary>
public sealed class UnpauseActivity(NamespaceDirectory namespaces, ExecutionDirectory executions) : IOperation<UnpauseActivityRequest, UnpauseActivityResponse>
{
    public async Task<UnpauseActivityResponse> ExecuteAsync(UnpauseActivityRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        await executions.DecideAsync(request.Namespace, request.Execution, tx =>
        {
            RunPreconditions.RequireOpen(tx);
            foreach (var activity in SelectedActivities.Of(tx, request.Id, request.Type, request.UnpauseAll))
            {
                ActivityOperatorActions.Unpause(activity, tx, request.ResetAttempts, request.ResetHeartbeat);
            }
        });
        return new();
    }
}

/// <summary>Restarts an activity at its first attempt.</summary>
public sealed class ResetActivity(NamespaceDirectory namespaces, ExecutionDirectory executions) : IOperation<ResetActivityRequest, ResetActivityResponse>
{
    public async Task<ResetActivityResponse> ExecuteAsync(ResetActivityRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        await executions.DecideAsync(request.Namespace, request.Execution, tx =>
        {
            RunPreconditions.RequireOpen(tx);
            foreach (var activity in SelectedActivities.Of(tx, request.Id, request.Type, request.MatchAll))
            {
                ActivityOperatorActions.Reset(activity, tx, request.KeepPaused, request.ResetHeartbeat);
            }
        });
        return new();
    }
}
