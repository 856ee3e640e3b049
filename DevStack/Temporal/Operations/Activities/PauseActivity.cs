using Stedi.DevStack.Temporal.Executions;
using Stedi.DevStack.Temporal.Executions.Entities;
using Stedi.DevStack.Temporal.Frontend;
using Stedi.DevStack.Temporal.Operations.Workflows;

namespace Stedi.DevStack.Temporal.Operations.Activities;

/// <summary>Holds an activity back: now, or after its running attempt.</summary>
public sealed class PauseActivity(NamespaceDirectory namespaces, ExecutionDirectory executions) : IOperation<PauseActivityRequest, PauseActivityResponse>
{
    public async Task<PauseActivityResponse> ExecuteAsync(PauseActivityRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        await executions.DecideAsync(request.Namespace, request.Execution, tx =>
        {
            OpenRun.Require(tx);
            foreach (var activity in SelectedActivities.Of(tx, request.Id, request.Type, all: false))
            {
                ActivityOperatorActions.Pause(activity, tx, request.Identity, request.Reason);
            }
        });
        return new();
    }
}
