using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Commits;
using Stedi.DevStack.Temporal.Engine.Executions;
using Stedi.DevStack.Temporal.Engine.Transitions;
using Stedi.DevStack.Temporal.Rpc;

namespace Stedi.DevStack.Temporal.WorkflowTasks;

/// <summary>Fails a workflow task that its worker could not process.</summary>
public sealed class RespondWorkflowTaskFailed(ExecutionDirectory executions)
    : IOperation<RespondWorkflowTaskFailedRequest, RespondWorkflowTaskFailedResponse>
{
    public async Task<RespondWorkflowTaskFailedResponse> ExecuteAsync(RespondWorkflowTaskFailedRequest request, CallContext call)
    {
        var token = TaskToken.Parse(request.TaskToken);
        await executions.DecideAsync(token.Namespace, token.Run, tx => WorkflowTaskMachine.Fail.Fire(
            StartedWorkflowTask.Require(tx, token), tx, new(request.Cause, request.Failure, request.Identity)));
        return new();
    }
}

internal static class StartedWorkflowTask
{
    /// <exception cref="RequestException">The task of the token is not the running one.</exception>
    public static WorkflowTaskState Require(Transaction tx, TaskToken token)
    {
        var task = tx.State.WorkflowTask;
        return !tx.State.IsRunning ? throw RpcErrors.AlreadyCompleted()
            : task.Phase == WorkflowTaskPhase.Started && task.Stamp == token.Stamp ? task
            : throw RpcErrors.NotFound("Workflow task not found.");
    }
}
