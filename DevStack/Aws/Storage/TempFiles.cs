namespace Stedi.DevStack.Aws.Storage;

/// <summary>
/// A folder beside the buckets, on the same file system, for what is not finished: moving a file out of it is atomic, and
/// what a killed process left in it is cleared at the next start. Its name is no valid bucket name.
/// </summary>
internal sealed class TempFiles
{
    private readonly string _root;
    private long _number;

    public TempFiles(string lake)
    {
        _root = Path.Combine(lake, ".stedi-scratch");
        if (Directory.Exists(_root))
        {
            Directory.Delete(_root, recursive: true);
        }

        Directory.CreateDirectory(_root);
    }

    public string NewFile() => Path.Combine(_root, $"f{Interlocked.Increment(ref _number)}");

    public string NewDirectory()
    {
        var path = Path.Combine(_root, $"d{Interlocked.Increment(ref _number)}");
        Directory.CreateDirectory(path);
        return path;
    }
}
