namespace Stedi.Temporal.Worker.Configuration;

/// <summary>The folder of local state below the caller's directory. Each folder has one stack.</summary>
/// <param name="Root">The folder, usually <c>.stedi</c>.</param>
public sealed record StackFolder(string Root)
{
    /// <summary>The folder of a caller's directory.</summary>
    public static StackFolder Below(string directory) => new(Path.Combine(directory, ".stedi"));

    /// <summary>The buckets of embedded S3, as plain files.</summary>
    public string Lake => Path.Combine(Root, "lake");

    /// <summary>The embedded servers' databases.</summary>
    public string State => Path.Combine(Root, "state");

    /// <summary>Log files.</summary>
    public string Logs => Path.Combine(Root, "logs");

    /// <summary>Locked while a process runs the stack.</summary>
    public string LockFile => Path.Combine(Root, "stack.lock");

    /// <summary>Written by the process that runs the stack: its id and its addresses.</summary>
    public string AddressFile => Path.Combine(Root, "stack.json");

    /// <summary>Keeps the folder out of the surrounding repository.</summary>
    public string GitIgnoreFile => Path.Combine(Root, ".gitignore");

    /// <summary>A path relative to the current directory if it is below it.</summary>
    public static string Display(string path)
    {
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }
}
