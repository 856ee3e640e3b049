using Stedi.DevStack.Aws.Configuration;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>
/// Pools sandboxes for queries. Opening a DuckDB takes about 15 ms, and its first pages as much again, so sandboxes are reused, and
/// one is created in advance while none is free.
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

    /// <summary>Creates a sandbox with all of the memory and one thread, because queries need memory per thread.</summary>
    public async Task<Sandbox> CreateExclusiveAsync()
    {
        Task[] closing;
        lock (_gate)
        {
            closing = [.. _closing];
        }
        // Sandboxes that are being closed release their memory first.
        await Task.WhenAll(closing);
        return await Task.Run(() => new Sandbox(lake.Root, lake.TempFiles.NewDirectory(), threads: 1, options.MemoryLimitMiB).Begin());
    }

    /// <summary>Returns a sandbox to the pool, or closes it in the background, since releasing much memory takes a while.</summary>
    /// <param name="sandbox">The sandbox, which the caller no longer uses.</param>
    /// <param name="isExclusive">Whether it is from <see cref="CreateExclusiveAsync"/>. It is then closed at once, because of its memory.</param>
    public void Return(Sandbox sandbox, bool isExclusive)
    {
        if (isExclusive)
        {
            sandbox.Dispose();
        }
        else if (!sandbox.TryReset() || !TryKeep(sandbox))
        {
            Close(sandbox);
        }
    }

    /// <summary>Creates a sandbox in the background if none is free.</summary>
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
        Task[] closing;
        lock (_gate)
        {
            _disposed = true;
            last = [.. _ready];
            _ready.Clear();
            closing = [.. _closing];
        }
        foreach (var sandbox in last)
        {
            sandbox.GetAwaiter().GetResult().Dispose();
        }

        Task.WaitAll(closing);
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
                // The next start deletes remaining temporary files.
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
