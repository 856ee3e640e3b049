using Stedi.DevStack.Temporal.Executions;
using Stedi.DevStack.Temporal.Frontend;

namespace Stedi.DevStack.Temporal.Operations.Workflows;

/// <summary>Asks a workflow to cancel itself; one that has closed needs no asking.</summary>
public sealed class RequestCancelWorkflow(NamespaceDirectory namespaces, ExecutionDirectory executions)
    : IOperation<RequestCancelWorkflowExecutionRequest, RequestCancelWorkflowExecutionResponse>
{
    public async Task<RequestCancelWorkflowExecutionResponse> ExecuteAsync(RequestCancelWorkflowExecutionRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        await executions.DecideAsync(request.Namespace, request.WorkflowExecution, tx =>
        {
            OpenRun.RequireChain(tx, request.FirstExecutionRunId);
            if (tx.State.IsRunning)
            {
                RunRequests.Cancel(tx, new() { Cause = request.Reason, Identity = request.Identity }, request.RequestId);
            }
        });
        return new();
    }
}
