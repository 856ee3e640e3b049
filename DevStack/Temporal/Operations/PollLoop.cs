using Stedi.DevStack.Temporal.Frontend;
using Stedi.DevStack.Temporal.Matching;

namespace Stedi.DevStack.Temporal.Operations;

/// <summary>The long poll for tasks: takes, starts and delivers; what turns out stale is dropped and the poller waits on.</summary>
public sealed class PollLoop(TaskQueues queues, StickyFallback fallback, TimeProvider clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>Polls a queue until <paramref name="start"/> makes a response of an item, or time is up.</summary>
    /// <returns>The response, or <c>null</c> when the poll found nothing in time.</returns>
    public async Task<TResponse?> PollAsync<TResponse>(
        QueueKey key, string identity, string workerKey, CallContext call, Func<QueueItem, Task<TResponse?>> start)
        where TResponse : class
    {
        using var poll = queues.BeginPoll(key, identity);
        using var timeUp = new CancellationTokenSource(call.HoldFor(Longest), clock);
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
