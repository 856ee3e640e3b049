using System.Collections.Concurrent;
using Stedi.DevStack.Temporal.Executions;

namespace Stedi.DevStack.Temporal.Matching;

/// <summary>Every task queue by name, and who polls it.</summary>
public sealed class TaskQueues(TimeProvider clock, ServerSettings settings) : ICommitListener
{
    private readonly ConcurrentDictionary<QueueKey, DispatchQueue> queues = new();
    private readonly ConcurrentDictionary<QueueKey, PollerLog> pollers = new();

    public DispatchQueue this[QueueKey key] => queues.GetOrAdd(key, _ => new());

    /// <summary>Who polled a queue lately, newest first.</summary>
    public IReadOnlyList<KeyValuePair<string, DateTimeOffset>> PollersOf(QueueKey key) =>
        pollers.TryGetValue(key, out var log) ? log.Since(clock.GetUtcNow() - TimeSpan.FromMinutes(5)) : [];

    public int BacklogOf(QueueKey key) => queues.TryGetValue(key, out var queue) ? queue.BacklogCount : 0;

    /// <summary>Whether the worker that has a run cached still polls for it.</summary>
    public bool IsStickyRouteAlive(ExecutionState state) =>
        state.StickyQueue.Length > 0 && IsAlive(new(state.Namespace, state.StickyQueue, QueueKind.Workflow));

    public bool IsAlive(QueueKey key) =>
        pollers.TryGetValue(key, out var log) && log.IsActive(clock.GetUtcNow() - settings.StickyPollerLifetime);

    /// <summary>Opens a poll: the queue counts as served until the result is disposed, and a while after.</summary>
    public IDisposable BeginPoll(QueueKey key, string identity)
    {
        var log = pollers.GetOrAdd(key, _ => new());
        log.Begin(identity, clock.GetUtcNow());
        return new PollEnd(log, identity, clock);
    }

    /// <summary>Forgets a worker's own queue; returns what still waited in it.</summary>
    public IReadOnlyList<QueueItem> CloseSticky(QueueKey key)
    {
        pollers.TryRemove(key, out _);
        return queues.TryRemove(key, out var queue) ? queue.Drain() : [];
    }

    /// <summary>Ends a worker's waits on every queue.</summary>
    public void ReleasePollers(string workerKey)
    {
        foreach (var queue in queues.Values)
        {
            queue.ReleasePollers(workerKey);
        }
    }

    public void OnCommitted(Transaction transaction)
    {
        foreach (var task in transaction.Dispatches)
        {
            this[task.Queue].Offer(task);
        }
    }

    private sealed class PollEnd(PollerLog log, string identity, TimeProvider clock) : IDisposable
    {
        public void Dispose() => log.End(identity, clock.GetUtcNow());
    }
}
