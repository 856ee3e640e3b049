using Stedi.DevStack.Temporal.Executions;
using Stedi.DevStack.Temporal.Executions.Entities;
using Stedi.DevStack.Temporal.Frontend;
using Stedi.DevStack.Temporal.Operations.Workflows;

namespace Stedi.DevStack.Temporal.Operations.Activities;

/// <summary>Lets a paused activity go on.</summary>
public sealed class UnpauseActivity(NamespaceDirectory namespaces, ExecutionDirectory executions) : IOperation<UnpauseActivityRequest, UnpauseActivityResponse>
{
    public async Task<UnpauseActivityResponse> ExecuteAsync(UnpauseActivityRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        await executions.DecideAsync(request.Namespace, request.Execution, tx =>
        {
            OpenRun.Require(tx);
            foreach (var activity in SelectedActivities.Of(tx, request.Id, request.Type, request.UnpauseAll))
            {
                ActivityOperatorActions.Unpause(activity, tx, request.ResetAttempts, request.ResetHeartbeat);
            }
        });
        return new();
    }
}
