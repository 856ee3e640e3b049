using Stedi.DevStack.Temporal.Executions;
using Stedi.DevStack.Temporal.Frontend;

namespace Stedi.DevStack.Temporal.Operations.Workflows;

/// <summary>Forgets a run and its history; an open one is terminated first.</summary>
public sealed class DeleteWorkflow(NamespaceDirectory namespaces, ExecutionDirectory executions)
    : IOperation<DeleteWorkflowExecutionRequest, DeleteWorkflowExecutionResponse>
{
    public async Task<DeleteWorkflowExecutionResponse> ExecuteAsync(DeleteWorkflowExecutionRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        await executions.DecideAsync(request.Namespace, request.WorkflowExecution, tx =>
        {
            if (tx.State.IsRunning)
            {
                RunCloser.Terminate(tx, "Delete workflow execution", null, "");
            }
        });
        await executions.DecideAsync(request.Namespace, request.WorkflowExecution, tx => tx.Work.Delete(tx.State.RunId));
        return new();
    }
}
