using System.Collections.Concurrent;
using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Executions;
using Stedi.DevStack.Temporal.Engine.Transitions;

namespace Stedi.DevStack.Temporal.Engine.Matching;

/// <summary>All task queues and their pollers.</summary>
public sealed class TaskQueueDirectory(TimeProvider clock, ServerSettings settings) : ICommitListener
{
    private readonly ConcurrentDictionary<QueueKey, DispatchQueue> _queues = new();
    private readonly ConcurrentDictionary<QueueKey, PollerLog> _pollers = new();
    private readonly ConcurrentDictionary<QueueKey, bool> _closed = new();
    private readonly ConcurrentDictionary<string, bool> _released = new();

    public DispatchQueue this[QueueKey key] => _queues.GetOrAdd(key, _ => new());

    /// <summary>The identities that polled a queue in the last five minutes, latest first.</summary>
    public IReadOnlyList<KeyValuePair<string, DateTimeOffset>> PollersOf(QueueKey key) =>
        _pollers.TryGetValue(key, out var log) ? log.Since(clock.GetUtcNow() - TimeSpan.FromMinutes(5)) : [];

    public int BacklogOf(QueueKey key) => _queues.TryGetValue(key, out var queue) ? queue.BacklogCount : 0;

    /// <summary>Whether the worker that has a run cached still polls its sticky queue.</summary>
    public bool IsStickyRouteAlive(ExecutionState state) =>
        state.StickyQueue.Length > 0 && IsPolled(new(state.Namespace, state.StickyQueue, QueueKind.Workflow));

    /// <summary>Begins a poll. The queue counts as polled until the result is disposed, and for the sticky poller lifetime after that.</summary>
    public IDisposable BeginPoll(QueueKey key, string identity)
    {
        var log = _pollers.GetOrAdd(key, _ => new());
        log.Begin(identity, clock.GetUtcNow());
        return new PollEnd(log, identity, clock);
    }

    /// <summary>Closes a worker's sticky queue. Moves its items to the normal queue and returns those that first need a transition of their run.</summary>
    public IReadOnlyList<QueueItem> CloseSticky(QueueKey key)
    {
        _closed[key] = true;
        _pollers.TryRemove(key, out _);
        if (!_queues.TryRemove(key, out var queue))
        {
            return [];
        }

        var items = queue.Drain();
        foreach (var item in items.Select(i => i.ForAnyWorker).OfType<QueueItem>())
        {
            this[item.Queue].Offer(item);
        }

        return [.. items.Where(i => i.ForAnyWorker is null)];
    }

    /// <summary>Returns an item whose poller disconnected. If the queue has been closed meanwhile, the result is that of <see cref="CloseSticky"/>.</summary>
    public IReadOnlyList<QueueItem> Return(QueueKey key, QueueItem item)
    {
        this[key].Return(item);
        return _closed.ContainsKey(key) ? CloseSticky(key) : [];
    }

    /// <summary>Waits for an item of a queue; <c>null</c> if the token is cancelled or the worker is shutting down.</summary>
    public Task<QueueItem?> TakeAsync(QueueKey key, string workerKey, CancellationToken cancellationToken)
    {
        var queue = this[key];
        var taking = queue.TakeAsync(workerKey, cancellationToken);
        if (_released.ContainsKey(workerKey))
        {
            queue.ReleasePollers(workerKey);
        }

        return taking;
    }

    /// <summary>Ends a worker's polls on all queues, including those it begins later, because it is shutting down.</summary>
    public void ReleasePollers(string workerKey)
    {
        _released[workerKey] = true;
        foreach (var queue in _queues.Values)
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

    private bool IsPolled(QueueKey key) =>
        _pollers.TryGetValue(key, out var log) && log.IsActive(clock.GetUtcNow() - settings.StickyPollerLifetime);

    private sealed class PollEnd(PollerLog log, string identity, TimeProvider clock) : IDisposable
    {
        public void Dispose() => log.End(identity, clock.GetUtcNow());
    }
}

/// <summary>The pollers of one queue, with the times of their last polls.</summary>
internal sealed class PollerLog
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _lastSeen = [];
    private int _open;
    private DateTimeOffset _latest;

    public void Begin(string identity, DateTimeOffset now)
    {
        lock (_gate)
        {
            _open++;
            _lastSeen[identity] = _latest = now;
        }
    }

    public void End(string identity, DateTimeOffset now)
    {
        lock (_gate)
        {
            _open--;
            _lastSeen[identity] = _latest = now;
        }
    }

    public bool IsActive(DateTimeOffset since)
    {
        lock (_gate)
        {
            return _open > 0 || _latest >= since;
        }
    }

    public IReadOnlyList<KeyValuePair<string, DateTimeOffset>> Since(DateTimeOffset since)
    {
        lock (_gate)
        {
            return [.. _lastSeen.Where(p => p.Value >= since).OrderByDescending(p => p.Value)];
        }
    }
}
