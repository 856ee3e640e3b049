using Stedi.DevStack.Temporal.Executions;
using Stedi.DevStack.Temporal.Executions.Entities;

namespace Stedi.DevStack.Temporal.Matching;

/// <summary>Sends workflow tasks back to their normal queues when the worker they waited for is gone.</summary>
public sealed class StickyFallback(ExecutionDirectory executions)
{
    public async Task RerouteAsync(IReadOnlyList<QueueItem> items)
    {
        foreach (var task in items.OfType<ExecutionTask>())
        {
            await executions.DecideAsync(new WorkflowKey(task.Queue.Namespace, task.WorkflowId), work =>
            {
                if (work.Open(task.RunId) is { } tx && tx.State.WorkflowTask.Stamp == task.Stamp
                    && WorkflowTaskMachine.LoseStickyWorker.IsPossible(tx.State.WorkflowTask))
                {
                    WorkflowTaskMachine.LoseStickyWorker.Fire(tx.State.WorkflowTask, tx, default);
                }

                return true;
            });
        }
    }
}
