using Stedi.DevStack.Temporal.Executions;
using Stedi.DevStack.Temporal.Executions.Entities;
using Stedi.DevStack.Temporal.Frontend;

namespace Stedi.DevStack.Temporal.Operations.WorkflowTasks;

internal static class StartedTask
{
    /// <exception cref="RequestException">The token's task is not the one that runs.</exception>
    public static WorkflowTaskState Require(Transaction tx, TaskToken token)
    {
        var task = tx.State.WorkflowTask;
        return !tx.State.IsRunning ? throw Failures.AlreadyCompleted()
            : task.Phase == WorkflowTaskPhase.Started && task.Stamp == token.Stamp ? task
            : throw Failures.NotFound("Workflow task not found.");
    }
}
