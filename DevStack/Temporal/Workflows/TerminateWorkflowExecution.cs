using Stedi.DevStack.Temporal.Engine.Commits;
using Stedi.DevStack.Temporal.Engine.Lifecycle;
using Stedi.DevStack.Temporal.Namespaces;
using Stedi.DevStack.Temporal.Rpc;

namespace Stedi.DevStack.Temporal.Workflows;

/// <summary>Closes a run immediately, without involving its worker.</summary>
public sealed class TerminateWorkflowExecution(NamespaceDirectory namespaces, ExecutionDirectory executions)
    : IOperation<TerminateWorkflowExecutionRequest, TerminateWorkflowExecutionResponse>
{
    public async Task<TerminateWorkflowExecutionResponse> ExecuteAsync(TerminateWorkflowExecutionRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        await executions.DecideAsync(request.Namespace, request.WorkflowExecution, tx =>
        {
            RunPreconditions.RequireOpen(tx, request.FirstExecutionRunId);
            RunCloser.Terminate(tx, request.Reason, request.Details, request.Identity);
        });
        return new();
    }
}

/// <summary>Deletes a run and its history; an open run is terminated first.</summary>
public sealed class DeleteWorkflowExecution(NamespaceDirectory namespaces, ExecutionDirectory executions)
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
