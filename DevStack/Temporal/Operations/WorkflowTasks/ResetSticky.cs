using Stedi.DevStack.Temporal.Executions;
using Stedi.DevStack.Temporal.Frontend;

namespace Stedi.DevStack.Temporal.Operations.WorkflowTasks;

/// <summary>A worker no longer has a run cached: its next task goes to the normal queue.</summary>
public sealed class ResetSticky(NamespaceDirectory namespaces, ExecutionDirectory executions)
    : IOperation<ResetStickyTaskQueueRequest, ResetStickyTaskQueueResponse>
{
    public async Task<ResetStickyTaskQueueResponse> ExecuteAsync(ResetStickyTaskQueueRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        await executions.DecideAsync(request.Namespace, request.Execution, tx =>
        {
            tx.Touch();
            tx.State.StickyQueue = "";
        });
        return new();
    }
}
