using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>Opening a DuckDB costs some 15 ms: one is always made ahead, so that a query does not wait for its own.</summary>
internal sealed class SandboxPool(LocalAwsOptions options, Lake lake) : IDisposable
{
    readonly Lock gate = new();
    readonly int memoryMiB = Math.Max(128, options.MemoryLimitMiB / Math.Max(1, options.ConcurrentQueries));
    Task<Sandbox>? next;
    bool disposed;

    public async Task<Sandbox> TakeAsync()
    {
        Task<Sandbox> taken;
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            taken = next ?? Task.Run(Create);
            next = null;
        }
        return await taken;
    }

    /// <summary>One with all the memory, and one thread: what queries keep a thread is what they run out of.</summary>
    public Task<Sandbox> CreateAloneAsync() => Task.Run(() => new Sandbox(lake.Root, lake.Scratch.NewDirectory(), threads: 1, options.MemoryLimitMiB));

    /// <summary>Makes the next one, in the background.</summary>
    public void Prepare()
    {
        lock (gate)
        {
            if (!disposed)
                next ??= Task.Run(Create);
        }
    }

    public void Dispose()
    {
        Task<Sandbox>? last;
        lock (gate)
        {
            disposed = true;
            last = next;
            next = null;
        }
        if (last is { } task)
            task.GetAwaiter().GetResult().Dispose();
    }

    Sandbox Create() => new(lake.Root, lake.Scratch.NewDirectory(), options.Threads, memoryMiB);
}
