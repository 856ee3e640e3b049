namespace Stedi.DevStack.Aws.Storage;

/// <summary>
/// A folder beside the buckets, on the same file system, for what is not finished: moving a file out of it is atomic, and
/// what a killed process left in it is cleared at the next start. Its name is no valid bucket name.
/// </summary>
internal sealed class TempFiles
{
    readonly string root;
    long number;

    public TempFiles(string lake)
    {
        root = Path.Combine(lake, ".stedi-scratch");
        if (Directory.Exists(root))
            Directory.Delete(root, recursive: true);
        Directory.CreateDirectory(root);
    }

    public string NewFile() => Path.Combine(root, $"f{Interlocked.Increment(ref number)}");

    public string NewDirectory()
    {
        var path = Path.Combine(root, $"d{Interlocked.Increment(ref number)}");
        Directory.CreateDirectory(path);
        return path;
    }
}
