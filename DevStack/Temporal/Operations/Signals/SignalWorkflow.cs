using Stedi.DevStack.Temporal.Executions;
using Stedi.DevStack.Temporal.Frontend;
using Stedi.DevStack.Temporal.Operations.Workflows;

namespace Stedi.DevStack.Temporal.Operations.Signals;

/// <summary>Signals an open run.</summary>
public sealed class SignalWorkflow(NamespaceDirectory namespaces, ExecutionDirectory executions)
    : IOperation<SignalWorkflowExecutionRequest, SignalWorkflowExecutionResponse>
{
    public async Task<SignalWorkflowExecutionResponse> ExecuteAsync(SignalWorkflowExecutionRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        if (request.SignalName.Length == 0)
        {
            throw Failures.InvalidArgument("SignalName is not set on request.");
        }

        await executions.DecideAsync(request.Namespace, request.WorkflowExecution, tx =>
        {
            OpenRun.Require(tx);
            RunRequests.Signal(
                tx,
                new() { SignalName = request.SignalName, Input = request.Input, Header = request.Header, Identity = request.Identity },
                request.RequestId,
                request.Links);
        });
        return new();
    }
}
