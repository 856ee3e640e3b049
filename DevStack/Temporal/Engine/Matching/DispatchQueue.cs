using Stedi.DevStack.Temporal.Engine.Transitions;

namespace Stedi.DevStack.Temporal.Engine.Matching;

/// <summary>A task queue: a backlog ordered by priority and arrival, and waiting pollers ordered by arrival.</summary>
public sealed class DispatchQueue
{
    private const int DefaultPriority = 3;
    private readonly Lock _gate = new();
    private readonly SortedDictionary<(int Priority, long Sequence), QueueItem> _backlog = [];
    private readonly LinkedList<Waiter> _waiters = [];
    private long _sequence;
    private long _frontSequence;

    /// <summary>The number of items that wait for a poller.</summary>
    public int BacklogCount
    {
        get
        {
            lock (_gate)
            {
                return _backlog.Count;
            }
        }
    }

    /// <summary>Hands the item to the poller that has waited longest, or adds it to the backlog.</summary>
    public void Offer(QueueItem item)
    {
        lock (_gate)
        {
            if (!TryHandOver_NeedsLock(item))
            {
                _backlog[(PriorityOf(item), ++_sequence)] = item;
            }
        }
    }

    /// <summary>Returns an item whose poller disconnected, ahead of items of the same priority.</summary>
    public void Return(QueueItem item)
    {
        lock (_gate)
        {
            if (!TryHandOver_NeedsLock(item))
            {
                _backlog[(PriorityOf(item), --_frontSequence)] = item;
            }
        }
    }

    /// <summary>Waits for an item; <c>null</c> if the token is cancelled. The caller has to deliver the item or return it.</summary>
    public async Task<QueueItem?> TakeAsync(string workerKey, CancellationToken cancellationToken)
    {
        var waiter = new Waiter(workerKey);
        LinkedListNode<Waiter> node;
        lock (_gate)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                return null;
            }

            if (_backlog.Count > 0)
            {
                var first = _backlog.First();
                _backlog.Remove(first.Key);
                return first.Value;
            }

            node = _waiters.AddLast(waiter);
        }

        await using var registration = cancellationToken.UnsafeRegister(_ => GiveUp(node), null);
        return await waiter.Taken.Task;
    }

    /// <summary>Ends the waits of a worker without an item.</summary>
    public void ReleasePollers(string workerKey)
    {
        LinkedListNode<Waiter>[] released;
        lock (_gate)
        {
            released = [.. Nodes_NeedsLock().Where(n => n.Value.WorkerKey == workerKey)];
        }

        foreach (var node in released)
        {
            GiveUp(node);
        }
    }

    /// <summary>Removes and returns all items of the backlog.</summary>
    public IReadOnlyList<QueueItem> Drain()
    {
        lock (_gate)
        {
            QueueItem[] all = [.. _backlog.Values];
            _backlog.Clear();
            return all;
        }
    }

    private static int PriorityOf(QueueItem item) => item is ExecutionTask { Priority: > 0 } task ? task.Priority : DefaultPriority;

    private bool TryHandOver_NeedsLock(QueueItem item)
    {
        if (_waiters.First is not { } first)
        {
            return false;
        }

        _waiters.RemoveFirst();
        first.Value.Taken.SetResult(item);
        return true;
    }

    private void GiveUp(LinkedListNode<Waiter> node)
    {
        lock (_gate)
        {
            if (node.List is null)
            {
                return;
            }

            _waiters.Remove(node);
        }

        node.Value.Taken.TrySetResult(null);
    }

    private IEnumerable<LinkedListNode<Waiter>> Nodes_NeedsLock()
    {
        for (var node = _waiters.First; node is not null; node = node.Next)
        {
            yield return node;
        }
    }

    private sealed record Waiter(string WorkerKey)
    {
        public TaskCompletionSource<QueueItem?> Taken { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
