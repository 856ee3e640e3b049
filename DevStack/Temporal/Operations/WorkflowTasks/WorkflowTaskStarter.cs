using Stedi.DevStack.Temporal.Executions;
using Stedi.DevStack.Temporal.Executions.Entities;
using Stedi.DevStack.Temporal.Operations.Queries;
using Stedi.DevStack.Temporal.Operations.Updates;

namespace Stedi.DevStack.Temporal.Operations.WorkflowTasks;

/// <summary>Hands a scheduled workflow task to a worker, with the queries and updates that waited for one.</summary>
public sealed class WorkflowTaskStarter(QueryRegistry queries, UpdateRegistry updates)
{
    /// <param name="tx">The run.</param>
    /// <param name="queue">Where the worker took the task: from its sticky queue it gets only what it has not seen.</param>
    /// <param name="identity">The worker.</param>
    public PollWorkflowTaskQueueResponse Start(Transaction tx, string queue, string identity)
    {
        var (state, task) = (tx.State, tx.State.WorkflowTask);
        var workerRemembers = state.StickyQueue.Length > 0 && queue == state.StickyQueue;
        WorkflowTaskMachine.Start.Fire(task, tx, new(identity, Guid.NewGuid().ToString()));
        var response = WorkflowTaskResponses.Of(tx.Execution, workerRemembers);
        updates.AttachTo(response, state, workerRemembers);
        queries.AttachTo(response, state.RunId, task.Stamp);
        return response;
    }
}
