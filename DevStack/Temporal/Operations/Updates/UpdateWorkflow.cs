using Stedi.DevStack.Temporal.Executions;
using Stedi.DevStack.Temporal.Frontend;

namespace Stedi.DevStack.Temporal.Operations.Updates;

/// <summary>Asks a workflow to change, and waits for its word.</summary>
public sealed class UpdateWorkflow(NamespaceDirectory namespaces, ExecutionDirectory executions, UpdateRegistry registry, UpdateWait wait)
    : IOperation<UpdateWorkflowExecutionRequest, UpdateWorkflowExecutionResponse>
{
    public async Task<UpdateWorkflowExecutionResponse> ExecuteAsync(UpdateWorkflowExecutionRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        Validate(request);
        var update = await executions.DecideAsync(request.Namespace, request.WorkflowExecution, tx =>
        {
            if (request.FirstExecutionRunId.Length > 0 && tx.State.FirstRunId != request.FirstExecutionRunId)
            {
                throw Failures.WorkflowNotFound(tx.State.WorkflowId, request.FirstExecutionRunId);
            }

            return registry.Admit(tx, request.Request);
        });
        await wait.WaitAsync(update, request.WaitPolicy?.LifecycleStage ?? default, call);
        return Response(update);
    }

    internal static UpdateWorkflowExecutionResponse Response(PendingUpdate update) => new()
    {
        UpdateRef = UpdateWait.ReferenceTo(update),
        Outcome = update.Outcome,
        Stage = update.Stage,
    };

    internal static void Validate(UpdateWorkflowExecutionRequest request)
    {
        if (string.IsNullOrEmpty(request.Request?.Input?.Name))
        {
            throw Failures.InvalidArgument("The update's name is not set on request.");
        }

        request.Request.Meta ??= new();
        request.Request.Meta.UpdateId = request.Request.Meta.UpdateId.Length > 0 ? request.Request.Meta.UpdateId : Guid.NewGuid().ToString();
    }
}
