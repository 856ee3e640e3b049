using Stedi.DevStack.Aws.Configuration;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>
/// Sandboxes for queries. Opening a DuckDB costs some 15 ms, and its first pages as much again: those of queries that ended are used
/// again, and while there is none, one is made ahead, so that a query does not wait for its own.
/// </summary>
internal sealed class SandboxPool(LocalAwsOptions options, Lake lake) : IDisposable
{
    readonly Lock gate = new();
    readonly Stack<Task<Sandbox>> ready = [];
    readonly HashSet<Task> closing = [];
    readonly int share = Math.Max(128, options.MemoryLimitMiB / Math.Max(1, options.ConcurrentQueries));
    bool disposed;

    public async Task<Sandbox> TakeAsync()
    {
        Task<Sandbox> taken;
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            taken = ready.TryPop(out var first) ? first : Task.Run(Create);
        }
        return (await taken).Begin();
    }

    /// <summary>One with all the memory, and one thread: what queries keep a thread is what they run out of.</summary>
    public async Task<Sandbox> CreateExclusiveAsync()
    {
        Task[] ending;
        lock (gate)
            ending = [.. closing];
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
            sandbox.Dispose();
        else if (!sandbox.TryReset() || !TryKeep(sandbox))
            Close(sandbox);
    }

    /// <summary>Makes one ahead, in the background, if there is none.</summary>
    public void Prepare()
    {
        lock (gate)
        {
            if (!disposed && ready.Count == 0)
                ready.Push(Task.Run(Create));
        }
    }

    public void Dispose()
    {
        List<Task<Sandbox>> last;
        Task[] ending;
        lock (gate)
        {
            disposed = true;
            last = [.. ready];
            ready.Clear();
            ending = [.. closing];
        }
        foreach (var sandbox in last)
            sandbox.GetAwaiter().GetResult().Dispose();
        Task.WaitAll(ending);
    }

    void Close(Sandbox sandbox)
    {
        lock (gate)
        {
            closing.RemoveWhere(task => task.IsCompleted);
            closing.Add(Task.Run(End));
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

    bool TryKeep(Sandbox sandbox)
    {
        lock (gate)
        {
            if (disposed || ready.Count >= options.ConcurrentQueries)
                return false;
            ready.Push(Task.FromResult(sandbox));
            return true;
        }
    }

    Sandbox Create() => new(lake.Root, lake.TempFiles.NewDirectory(), options.Threads, share);
}
