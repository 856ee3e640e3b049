using Stedi.DevStack.Temporal.Executions;
using Stedi.DevStack.Temporal.Executions.Entities;
using Stedi.DevStack.Temporal.Frontend;
using Stedi.DevStack.Temporal.Operations.Workflows;

namespace Stedi.DevStack.Temporal.Operations.Activities;

/// <summary>Begins an activity again at its first attempt.</summary>
public sealed class ResetActivity(NamespaceDirectory namespaces, ExecutionDirectory executions) : IOperation<ResetActivityRequest, ResetActivityResponse>
{
    public async Task<ResetActivityResponse> ExecuteAsync(ResetActivityRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        await executions.DecideAsync(request.Namespace, request.Execution, tx =>
        {
            OpenRun.Require(tx);
            foreach (var activity in SelectedActivities.Of(tx, request.Id, request.Type, request.MatchAll))
            {
                ActivityOperatorActions.Reset(activity, tx, request.KeepPaused, request.ResetHeartbeat);
            }
        });
        return new();
    }
}
