using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Stedi.Temporal.Worker.Configuration;

namespace Stedi.Temporal.Worker.Hosting;

/// <summary>
/// Makes a stack's folder accessible to its owner only, and keeps it out of git: it holds personal data and the pseudonym
/// key. On Windows the folder inherits the access rights of its parent, which in a user's profile is the owner's alone.
/// </summary>
internal static class PrivateFolder
{
    private const UnixFileMode ForFiles = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode ForFolders = ForFiles | UnixFileMode.UserExecute;
    private const uint GroupAndOthers = 0b111_111;

    // Hidden entries are included. Links are not: their targets may be outside the folder.
    private static readonly EnumerationOptions AllButLinks = new() { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };

    /// <summary>Creates the folder, or restricts one that an earlier version left open.</summary>
    /// <exception cref="CommandException">The folder cannot be restricted to its owner.</exception>
    public static void Ensure(StackFolder folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder.Root);
        }
        else
        {
            // SQLite, DuckDB, the log and .NET itself create files below the folder. Only the mask covers all of them, and a
            // command that opens a stack writes files nowhere else.
            _ = SetMask(GroupAndOthers);
            Close(folder.Root);
        }

        WriteGitIgnore(folder.GitIgnoreFile);
    }

    [UnsupportedOSPlatform("windows")]
    private static void Close(string root)
    {
        var place = StackFolder.Display(root);
        try
        {
            var folder = new DirectoryInfo(root);
            if (folder.LinkTarget is not null)
            {
                throw new CommandException($"{place} is a symbolic link, and its target may belong to another user.", "Remove the link, and run in the folder where the data should be.");
            }

            Directory.CreateDirectory(root, ForFolders);
            // The folder itself comes last: if this process dies before, the next one starts over.
            if ((File.GetUnixFileMode(root) & ~ForFolders) != 0)
            {
                TightenContent(folder);
            }

            // Also if it is restricted already: this fails unless this user is the owner.
            File.SetUnixFileMode(root, ForFolders);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new CommandException(
                $"{place} cannot be closed to other users: {e.Message}",
                "It and all in it has to be yours, on a file system that keeps permissions. Change its owner, or run in another folder.");
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static void TightenContent(DirectoryInfo folder)
    {
        foreach (var entry in folder.GetFileSystemInfos("*", AllButLinks))
        {
            try
            {
                if (entry is DirectoryInfo inner)
                {
                    TightenContent(inner);
                }

                File.SetUnixFileMode(entry.FullName, entry is DirectoryInfo ? ForFolders : ForFiles);
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                // A running stack has removed it.
            }
        }
    }

    private static void WriteGitIgnore(string file)
    {
        try
        {
            if (!File.Exists(file))
            {
                File.WriteAllText(file, "*\n");
            }
        }
        catch (IOException) when (File.Exists(file))
        {
            // Another command has just written it.
        }
    }

    [DllImport("libc", EntryPoint = "umask")]
    private static extern uint SetMask(uint mask);
}
