using Stedi.DevStack.Temporal.Executions;
using Stedi.DevStack.Temporal.Frontend;

namespace Stedi.DevStack.Temporal.Operations.Updates;

/// <summary>Waits for an update that was asked for before.</summary>
public sealed class PollUpdate(NamespaceDirectory namespaces, ExecutionDirectory executions, UpdateRegistry registry, UpdateWait wait)
    : IOperation<PollWorkflowExecutionUpdateRequest, PollWorkflowExecutionUpdateResponse>
{
    public async Task<PollWorkflowExecutionUpdateResponse> ExecuteAsync(PollWorkflowExecutionUpdateRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        if (request.UpdateRef is null)
        {
            throw Failures.InvalidArgument("UpdateRef is not set on request.");
        }

        var update = await executions.DecideAsync(request.Namespace, request.UpdateRef.WorkflowExecution, tx =>
            registry.Find(tx, request.UpdateRef.UpdateId) ?? throw Failures.NotFound($"update \"{request.UpdateRef.UpdateId}\" not found"));
        await wait.WaitAsync(update, request.WaitPolicy?.LifecycleStage ?? default, call);
        return new() { UpdateRef = UpdateWait.ReferenceTo(update), Outcome = update.Outcome, Stage = update.Stage };
    }
}
