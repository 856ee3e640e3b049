using System.Diagnostics;
using System.Text.Json;

namespace Stedi.Temporal.Worker.Embedded;

/// <summary>
/// One process at a time runs a folder's stack. The operating system holds the lock and lets go of it when the process
/// ends, however it ends, so a stale one cannot exist; what a dead process wrote beside it is overwritten.
/// </summary>
public sealed class StackLock : IDisposable
{
    readonly StackFolder folder;
    readonly FileStream held;

    StackLock(StackFolder folder, FileStream held) => (this.folder, this.held) = (folder, held);

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

    /// <summary>The address that the lock's holder announced; null while it is still starting, or when there is none.</summary>
    public static StackAddress? Read(StackFolder folder)
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

    /// <summary>Tells others where the stack listens, now that it does.</summary>
    public void Announce(StackAddress address)
    {
        // Renaming is atomic: nobody reads half an address.
        var draft = folder.AddressFile + ".new";
        File.WriteAllText(draft, JsonSerializer.Serialize(address));
        File.Move(draft, folder.AddressFile, overwrite: true);
    }

    /// <summary>Stops telling others.</summary>
    public void Withdraw() => File.Delete(folder.AddressFile);

    /// <summary>Lets others take the lock.</summary>
    public void Dispose()
    {
        Withdraw();
        held.Dispose();
    }

    static bool IsAlive(int processId)
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
