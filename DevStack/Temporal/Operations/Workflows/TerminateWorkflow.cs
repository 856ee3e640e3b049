using Stedi.DevStack.Temporal.Executions;
using Stedi.DevStack.Temporal.Frontend;

namespace Stedi.DevStack.Temporal.Operations.Workflows;

/// <summary>Closes a run at once; its worker is not asked.</summary>
public sealed class TerminateWorkflow(NamespaceDirectory namespaces, ExecutionDirectory executions)
    : IOperation<TerminateWorkflowExecutionRequest, TerminateWorkflowExecutionResponse>
{
    public async Task<TerminateWorkflowExecutionResponse> ExecuteAsync(TerminateWorkflowExecutionRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        await executions.DecideAsync(request.Namespace, request.WorkflowExecution, tx =>
        {
            OpenRun.Require(tx, request.FirstExecutionRunId);
            RunCloser.Terminate(tx, request.Reason, request.Details, request.Identity);
        });
        return new();
    }
}
