using Stedi.DevStack.Aws.Configuration;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>
/// Sandboxes for queries. Opening a DuckDB costs some 15 ms, and its first pages as much again: those of queries that ended are used
/// again, and while there is none, one is made ahead, so that a query does not wait for its own.
/// </summary>
internal sealed class SandboxPool(LocalAwsOptions options, Lake lake) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Stack<Task<Sandbox>> _ready = [];
    private readonly HashSet<Task> _closing = [];
    private readonly int _share = Math.Max(128, options.MemoryLimitMiB / Math.Max(1, options.ConcurrentQueries));
    private bool _disposed;

    public async Task<Sandbox> TakeAsync()
    {
        Task<Sandbox> taken;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            taken = _ready.TryPop(out var first) ? first : Task.Run(Create);
        }
        return (await taken).Begin();
    }

    /// <summary>One with all the memory, and one thread: what queries keep a thread is what they run out of.</summary>
    public async Task<Sandbox> CreateExclusiveAsync()
    {
        Task[] ending;
        lock (_gate)
        {
            ending = [.. _closing];
        }
        // What those before it held is given back first.
        await Task.WhenAll(ending);
        return await Task.Run(() => new Sandbox(lake.Root, lake.TempFiles.NewDirectory(), threads: 1, options.MemoryLimitMiB).Begin());
    }

    /// <summary>Takes a sandbox back from a query that has ended. Giving back much memory takes a while: nobody waits for it.</summary>
    /// <param name="sandbox">No longer the caller's.</param>
    /// <param name="isAlone">Whether it came from <see cref="CreateExclusiveAsync"/>: such a one is closed at once, for the memory it may hold.</param>
    public void Return(Sandbox sandbox, bool isAlone)
    {
        if (isAlone)
        {
            sandbox.Dispose();
        }
        else if (!sandbox.TryReset() || !TryKeep(sandbox))
        {
            Close(sandbox);
        }
    }

    /// <summary>Makes one ahead, in the background, if there is none.</summary>
    public void Prepare()
    {
        lock (_gate)
        {
            if (!_disposed && _ready.Count == 0)
            {
                _ready.Push(Task.Run(Create));
            }
        }
    }

    public void Dispose()
    {
        List<Task<Sandbox>> last;
        Task[] ending;
        lock (_gate)
        {
            _disposed = true;
            last = [.. _ready];
            _ready.Clear();
            ending = [.. _closing];
        }
        foreach (var sandbox in last)
        {
            sandbox.GetAwaiter().GetResult().Dispose();
        }

        Task.WaitAll(ending);
    }

    private void Close(Sandbox sandbox)
    {
        lock (_gate)
        {
            _closing.RemoveWhere(task => task.IsCompleted);
            _closing.Add(Task.Run(End));
        }

        void End()
        {
            try
            {
                sandbox.Dispose();
            }
            catch (IOException)
            {
                // What is left in scratch, the next start clears.
            }
        }
    }

    private bool TryKeep(Sandbox sandbox)
    {
        lock (_gate)
        {
            if (_disposed || _ready.Count >= options.ConcurrentQueries)
            {
                return false;
            }

            _ready.Push(Task.FromResult(sandbox));
            return true;
        }
    }

    private Sandbox Create() => new(lake.Root, lake.TempFiles.NewDirectory(), options.Threads, _share);
}
