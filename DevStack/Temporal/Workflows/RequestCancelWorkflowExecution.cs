using Stedi.DevStack.Temporal.Engine.Commits;
using Stedi.DevStack.Temporal.Engine.Lifecycle;
using Stedi.DevStack.Temporal.Namespaces;
using Stedi.DevStack.Temporal.Rpc;

namespace Stedi.DevStack.Temporal.Workflows;

/// <summary>Requests the cancellation of a workflow; does nothing if it has closed.</summary>
public sealed class RequestCancelWorkflowExecution(NamespaceDirectory namespaces, ExecutionDirectory executions)
    : IOperation<RequestCancelWorkflowExecutionRequest, RequestCancelWorkflowExecutionResponse>
{
    public async Task<RequestCancelWorkflowExecutionResponse> ExecuteAsync(RequestCancelWorkflowExecutionRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        await executions.DecideAsync(request.Namespace, request.WorkflowExecution, tx =>
        {
            RunPreconditions.RequireChain(tx, request.FirstExecutionRunId);
            if (tx.State.IsRunning)
            {
                RunRequests.Cancel(tx, new() { Cause = request.Reason, Identity = request.Identity }, request.RequestId);
            }
        });
        return new();
    }
}
