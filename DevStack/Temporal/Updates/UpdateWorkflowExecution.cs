using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Commits;
using Stedi.DevStack.Temporal.Namespaces;
using Stedi.DevStack.Temporal.Rpc;

namespace Stedi.DevStack.Temporal.Updates;

/// <summary>Sends an update to a workflow and waits for the requested stage.</summary>
public sealed class UpdateWorkflowExecution(NamespaceDirectory namespaces, ExecutionDirectory executions, UpdateRegistry registry, UpdateLongPoll longPoll)
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
                throw RpcErrors.WorkflowNotFound(tx.State.WorkflowId, request.FirstExecutionRunId);
            }

            return registry.Admit(tx, request.Request);
        });
        await longPoll.WaitAsync(update, request.WaitPolicy?.LifecycleStage ?? default, call);
        return Response(update);
    }

    internal static UpdateWorkflowExecutionResponse Response(PendingUpdate update) => new()
    {
        UpdateRef = UpdateLongPoll.ReferenceTo(update),
        Outcome = update.Outcome,
        Stage = update.Stage,
    };

    internal static void Validate(UpdateWorkflowExecutionRequest request)
    {
        if (string.IsNullOrEmpty(request.Request?.Input?.Name))
        {
            throw RpcErrors.InvalidArgument("The update's name is not set on request.");
        }

        request.Request.Meta ??= new();
        request.Request.Meta.UpdateId = request.Request.Meta.UpdateId.Length > 0 ? request.Request.Meta.UpdateId : Guid.NewGuid().ToString();
    }
}

/// <summary>Waits for an update that was sent before.</summary>
public sealed class PollWorkflowExecutionUpdate(NamespaceDirectory namespaces, ExecutionDirectory executions, UpdateRegistry registry, UpdateLongPoll longPoll)
    : IOperation<PollWorkflowExecutionUpdateRequest, PollWorkflowExecutionUpdateResponse>
{
    public async Task<PollWorkflowExecutionUpdateResponse> ExecuteAsync(PollWorkflowExecutionUpdateRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        if (request.UpdateRef is null)
        {
            throw RpcErrors.InvalidArgument("UpdateRef is not set on request.");
        }

        var update = await executions.DecideAsync(request.Namespace, request.UpdateRef.WorkflowExecution, tx =>
            registry.Find(tx, request.UpdateRef.UpdateId) ?? throw RpcErrors.NotFound($"update \"{request.UpdateRef.UpdateId}\" not found"));
        await longPoll.WaitAsync(update, request.WaitPolicy?.LifecycleStage ?? default, call);
        return new() { UpdateRef = UpdateLongPoll.ReferenceTo(update), Outcome = update.Outcome, Stage = update.Stage };
    }
}

/// <summary>Waits for stages of updates on behalf of callers.</summary>
public sealed class UpdateLongPoll(TimeProvider clock)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    /// <summary>Waits for a stage for up to 20 seconds, after which the caller polls again.</summary>
    public async Task WaitAsync(PendingUpdate update, UpdateWorkflowExecutionLifecycleStage stage, CallContext call)
    {
        using var timeout = new CancellationTokenSource(LongestWait, clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, call.Cancellation);
        await update.WaitForAsync(stage, linked.Token);
        call.Cancellation.ThrowIfCancellationRequested();
    }

    public static Temporalio.Api.Update.V1.UpdateRef ReferenceTo(PendingUpdate update) =>
        new() { WorkflowExecution = update.Run, UpdateId = update.Id };
}
