using Stedi.DevStack.Temporal.Engine.Commits;
using Stedi.DevStack.Temporal.Engine.Executions;
using Stedi.DevStack.Temporal.Engine.Matching;
using Stedi.DevStack.Temporal.Engine.Transitions;
using Stedi.DevStack.Temporal.Rpc;

namespace Stedi.DevStack.Temporal.Workers;

/// <summary>The long poll for tasks: takes an item from a queue and starts it. A stale item is dropped, and the poll continues.</summary>
public sealed class PollLoop(TaskQueueDirectory queues, StickyFallback fallback, TimeProvider clock)
{
    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(60);

    /// <summary>Polls a queue until <paramref name="start"/> turns an item into a response, or the poll times out.</summary>
    /// <returns>The response, or <c>null</c> if there was no task in time.</returns>
    public async Task<TResponse?> PollAsync<TResponse>(
        QueueKey key, string identity, string workerKey, CallContext call, Func<QueueItem, Task<TResponse?>> start)
        where TResponse : class
    {
        using var poll = queues.BeginPoll(key, identity);
        using var timeout = new CancellationTokenSource(call.LongPollTimeout(LongestPoll), clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, call.Cancellation);
        while (await queues.TakeAsync(key, workerKey, linked.Token) is { } item)
        {
            if (call.Cancellation.IsCancellationRequested)
            {
                // The caller disconnected just when it got the item: return it for another poller.
                await fallback.RerouteAsync(queues.Return(key, item));
                break;
            }

            if (await start(item) is { } response)
            {
                return response;
            }
        }

        call.Cancellation.ThrowIfCancellationRequested();
        return null;
    }
}

/// <summary>Moves workflow tasks from a sticky queue to their normal queues when the sticky worker is gone.</summary>
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
