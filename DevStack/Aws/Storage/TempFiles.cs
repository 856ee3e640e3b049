namespace Stedi.DevStack.Aws.Storage;

/// <summary>
/// A folder for unfinished files. It is beside the buckets, so that moving a file to a bucket is atomic; its name is not a valid
/// bucket name. What a killed process left in it is deleted at the next start.
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
