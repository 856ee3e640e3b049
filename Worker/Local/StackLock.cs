using System.Diagnostics;
using System.Text.Json;
using Stedi.Temporal.Worker.Configuration;

namespace Stedi.Temporal.Worker.Local;

/// <summary>
/// Ensures that one process at a time runs a folder's stack. The operating system releases the lock however the process
/// ends, so it cannot become stale. The address that a dead process left is overwritten.
/// </summary>
public sealed class StackLock : IDisposable
{
    private readonly StackFolder _folder;
    private readonly FileStream _held;

    private StackLock(StackFolder folder, FileStream held) => (_folder, _held) = (folder, held);

    /// <summary>Takes the lock, or returns null while another process holds it.</summary>
    public static StackLock? TryTake(StackFolder folder)
    {
        Directory.CreateDirectory(folder.Root);
        FileStream held;
        try
        {
            held = new FileStream(folder.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(folder.LockFile))
        {
            return null;
        }

        File.Delete(folder.AddressFile);
        return new(folder, held);
    }

    /// <summary>The address that the lock's holder published; null while it is still starting, or if there is none.</summary>
    public static StackAddress? ReadAddress(StackFolder folder)
    {
        try
        {
            var address = JsonSerializer.Deserialize<StackAddress>(File.ReadAllText(folder.AddressFile));
            return address is not null && IsAlive(address.ProcessId) ? address : null;
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Publishes the addresses of the started stack.</summary>
    public void PublishAddress(StackAddress address)
    {
        // Renaming is atomic, so no reader sees a partial file.
        var draft = _folder.AddressFile + ".new";
        File.WriteAllText(draft, JsonSerializer.Serialize(address));
        File.Move(draft, _folder.AddressFile, overwrite: true);
    }

    /// <summary>Withdraws the published addresses.</summary>
    public void RemoveAddress() => File.Delete(_folder.AddressFile);

    /// <summary>Releases the lock.</summary>
    public void Dispose()
    {
        RemoveAddress();
        _held.Dispose();
    }

    private static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}

/// <summary>How a command uses a folder's stack: it runs it, or it attaches to the process that does.</summary>
/// <param name="Held">The lock, if this process is to run the stack.</param>
/// <param name="Running">The address of the stack, if another process runs it.</param>
public sealed record StackAcquisition(StackLock? Held, StackAddress? Running)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>Takes the lock, or waits until its holder publishes the stack's address.</summary>
    /// <param name="folder">The folder of the stack.</param>
    /// <param name="suffices">Whether a running stack has the parts that are needed.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="TimeoutException">The holder has neither published it nor ended within 30 seconds.</exception>
    public static async Task<StackAcquisition> OpenAsync(StackFolder folder, Predicate<StackAddress> suffices, TimeProvider time, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (time.GetElapsedTime(started) < Timeout)
        {
            if (StackLock.TryTake(folder) is { } held)
            {
                return new(held, null);
            }

            if (StackLock.ReadAddress(folder) is { } running && suffices(running))
            {
                return new(null, running);
            }

            await Task.Delay(PollInterval, time, cancellationToken);
        }

        throw new TimeoutException(StackLock.ReadAddress(folder) is { } insufficient
            ? $"Process {insufficient.ProcessId} runs this folder's stack without {(insufficient.Temporal is null ? "a Temporal server" : "S3, Glue and Athena")}."
            : $"Another process holds {StackFolder.Display(folder.LockFile)} but does not say where it listens.");
    }
}

/// <summary>The addresses of a running stack, for commands that attach to it.</summary>
/// <param name="ProcessId">The process that runs it.</param>
/// <param name="Temporal">The embedded Temporal server, as host:port; null if there is none.</param>
/// <param name="Ui">The embedded Temporal server's web page; null if there is none.</param>
/// <param name="Aws">Embedded S3, Glue and Athena; null if there are none.</param>
/// <param name="WorkerKey">The access key of the pipeline, a secret that lasts as long as the process; null from a version that had none.</param>
/// <param name="PrivacyKey">The access key of the privacy commands, like the pipeline's.</param>
public sealed record StackAddress(int ProcessId, string? Temporal, Uri? Ui, Uri? Aws, string? WorkerKey, string? PrivacyKey = null);
