namespace Stedi.Temporal.Worker.Embedded;

/// <summary>How a command gets at a folder's stack: it runs it, or it attaches to the process that does.</summary>
/// <param name="Held">The lock, if this process is to run the stack.</param>
/// <param name="Running">Where the stack listens, if another process runs it.</param>
public sealed record StackEntry(StackLock? Held, StackAddress? Running)
{
    static readonly TimeSpan patience = TimeSpan.FromSeconds(30);
    static readonly TimeSpan pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Takes the lock, or waits for its holder to say where the stack listens.</summary>
    /// <exception cref="TimeoutException">The holder has not said so in half a minute.</exception>
    public static async Task<StackEntry> OpenAsync(StackFolder folder, TimeProvider time, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (time.GetElapsedTime(started) < patience)
        {
            if (StackLock.TryTake(folder) is { } held)
            {
                return new(held, null);
            }

            if (StackLock.Read(folder) is { } running)
            {
                return new(null, running);
            }

            await Task.Delay(pause, time, cancellationToken);
        }

        throw new TimeoutException($"Another process holds {StackFolder.Display(folder.LockFile)} but does not say where it listens.");
    }
}
