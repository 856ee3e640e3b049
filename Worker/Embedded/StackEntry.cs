namespace Stedi.Temporal.Worker.Embedded;

/// <summary>How a command gets at a folder's stack: it runs it, or it attaches to the process that does.</summary>
/// <param name="Held">The lock, if this process is to run the stack.</param>
/// <param name="Running">Where the stack listens, if another process runs it.</param>
public sealed record StackEntry(StackLock? Held, StackAddress? Running)
{
    static readonly TimeSpan patience = TimeSpan.FromSeconds(30);
    static readonly TimeSpan pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Takes the lock, or waits for its holder to say where the stack listens.</summary>
    /// <param name="folder">The folder of the stack.</param>
    /// <param name="suffices">Whether a running stack has the parts that are needed.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="TimeoutException">In half a minute the holder has neither said so nor ended.</exception>
    public static async Task<StackEntry> OpenAsync(StackFolder folder, Predicate<StackAddress> suffices, TimeProvider time, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (time.GetElapsedTime(started) < patience)
        {
            if (StackLock.TryTake(folder) is { } held)
            {
                return new(held, null);
            }

            if (StackLock.Read(folder) is { } running && suffices(running))
            {
                return new(null, running);
            }

            await Task.Delay(pause, time, cancellationToken);
        }

        throw new TimeoutException(StackLock.Read(folder) is { } insufficient
            ? $"Process {insufficient.ProcessId} runs this folder's stack without {(insufficient.Temporal is null ? "a Temporal server" : "S3, Glue and Athena")}."
            : $"Another process holds {StackFolder.Display(folder.LockFile)} but does not say where it listens.");
    }
}
