namespace Stedi.Temporal.Worker.Configuration;

/// <summary>Where everything local lives: one folder below the caller's directory, one stack in it.</summary>
/// <param name="Root">The folder, usually <c>.stedi</c>.</param>
public sealed record StackFolder(string Root)
{
    /// <summary>The folder of a caller's directory.</summary>
    public static StackFolder Below(string directory) => new(Path.Combine(directory, ".stedi"));

    /// <summary>The embedded S3's buckets, as plain files.</summary>
    public string Lake => Path.Combine(Root, "lake");

    /// <summary>The embedded servers' databases.</summary>
    public string State => Path.Combine(Root, "state");

    /// <summary>Log files.</summary>
    public string Logs => Path.Combine(Root, "logs");

    /// <summary>Locked by the operating system for as long as a process runs the stack.</summary>
    public string LockFile => Path.Combine(Root, "stack.lock");

    /// <summary>Written by the process that runs the stack: its id and its ports.</summary>
    public string AddressFile => Path.Combine(Root, "stack.json");

    /// <summary>Keeps the folder out of a repository that it lies in.</summary>
    public string GitIgnoreFile => Path.Combine(Root, ".gitignore");

    /// <summary>A path as a person would type it from the current directory.</summary>
    public static string Display(string path)
    {
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }
}
