using Stedi.DevStack.Temporal.Engine.Commits;
using Stedi.DevStack.Temporal.Engine.Executions;
using Stedi.DevStack.Temporal.Engine.Matching;
using Stedi.DevStack.Temporal.Engine.Transitions;
using Stedi.DevStack.Temporal.Rpc;

namespace Stedi.DevStack.Temporal.Workers;

/// <summary>The long poll for tasks: takes, starts and delivers; what turns out stale is dropped and the poller waits on.</summary>
public sealed class PollLoop(TaskQueueDirectory queues, StickyFallback fallback, TimeProvider clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>Polls a queue until <paramref name="start"/> makes a response of an item, or time is up.</summary>
    /// <returns>The response, or <c>null</c> when the poll found nothing in time.</returns>
    public async Task<TResponse?> PollAsync<TResponse>(
        QueueKey key, string identity, string workerKey, CallContext call, Func<QueueItem, Task<TResponse?>> start)
        where TResponse : class
    {
        using var poll = queues.BeginPoll(key, identity);
        using var timeUp = new CancellationTokenSource(call.LongPollTimeout(Longest), clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(timeUp.Token, call.Cancellation);
        while (await queues.TakeAsync(key, workerKey, ending.Token) is { } item)
        {
            if (call.Cancellation.IsCancellationRequested)
            {
                // Handed over in the instant the caller went away: somebody else's task now.
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
