using Stedi.DevStack.Temporal.Engine.Commits;
using Stedi.DevStack.Temporal.Namespaces;
using Stedi.DevStack.Temporal.Rpc;

namespace Stedi.DevStack.Temporal.WorkflowTasks;

/// <summary>Clears a run's sticky queue, so that its next task goes to the normal queue.</summary>
public sealed class ResetStickyTaskQueue(NamespaceDirectory namespaces, ExecutionDirectory executions)
    : IOperation<ResetStickyTaskQueueRequest, ResetStickyTaskQueueResponse>
{
    public async Task<ResetStickyTaskQueueResponse> ExecuteAsync(ResetStickyTaskQueueRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        await executions.DecideAsync(request.Namespace, request.Execution, tx =>
        {
            tx.MarkDirty();
            tx.State.StickyQueue = "";
        });
        return new();
    }
}
