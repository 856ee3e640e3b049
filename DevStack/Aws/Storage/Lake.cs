using System.Buffers;
using Stedi.DevStack.Aws.Protocol;

namespace Stedi.DevStack.Aws.Storage;

/// <summary>Stores buckets as folders and objects as files. Writes are atomic; a lock per key covers the check of preconditions
/// and the write.</summary>
internal sealed class Lake : IDisposable
{
    /// <summary>Characters that DuckDB's readers take for patterns, anywhere in a path.</summary>
    public static readonly SearchValues<char> PatternCharacters = SearchValues.Create("*?[");

    private readonly ObjectIndex _index;
    private readonly string _root;
    private readonly DirectoryInfo? _linkFolder;
    private readonly object[] _locks = [.. Enumerable.Range(0, 64).Select(_ => new object())];

    public Lake(string directory, ObjectIndex index)
    {
        _index = index;
        Directory.CreateDirectory(directory);
        _root = new DirectoryInfo(directory).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? Path.GetFullPath(directory);
        if (_root.AsSpan().ContainsAny(PatternCharacters))
        {
            _linkFolder = Directory.CreateTempSubdirectory("stedi-lake-");
            _root = Directory.CreateSymbolicLink(Path.Combine(_linkFolder.FullName, "lake"), _root).FullName;
        }

        TempFiles = new TempFiles(_root);
    }

    /// <summary>The lake's folder, or a symbolic link to it if its own path has pattern characters.</summary>
    public string Root => _root;

    public TempFiles TempFiles { get; }

    public IEnumerable<(string Name, DateTime Created)> Buckets() =>
        new DirectoryInfo(_root).EnumerateDirectories()
            .Where(d => BucketName.IsValid(d.Name) && d.LinkTarget is null)
            .OrderBy(d => d.Name, StringComparer.Ordinal)
            .Select(d => (d.Name, d.CreationTimeUtc));

    public bool HasBucket(string bucket) =>
        BucketName.IsValid(bucket) && new DirectoryInfo(BucketPath(bucket)) is { Exists: true, LinkTarget: null };

    public void CreateBucket(string bucket) => Directory.CreateDirectory(BucketPath(bucket));

    /// <exception cref="AwsException">There is no such bucket, or it holds objects.</exception>
    public void DeleteBucket(string bucket)
    {
        var held = 0;
        try
        {
            // All locks are taken, so that nothing is written to the bucket between the check and its removal.
            for (; held < _locks.Length; held++)
            {
                Monitor.Enter(_locks[held]);
            }
            RequireBucket(bucket);
            if (Files(new S3Uri(bucket, "")).Any())
            {
                throw new AwsException("BucketNotEmpty", "The bucket you tried to delete is not empty", 409);
            }
            Directory.Delete(BucketPath(bucket), recursive: true);
        }
        finally
        {
            while (held > 0)
            {
                Monitor.Exit(_locks[--held]);
            }
        }
    }

    public IEnumerable<LakeFile> Files(S3Uri prefix, string after = "") =>
        HasBucket(prefix.Bucket) ? new ObjectLister(BucketPath(prefix.Bucket)).Files(prefix.Key, after) : [];

    public IEnumerable<LakeFile> FilesAndCommonPrefixes(S3Uri prefix, string after = "") =>
        HasBucket(prefix.Bucket) ? new ObjectLister(BucketPath(prefix.Bucket)).FilesAndCommonPrefixes(prefix.Key, after) : [];

    public List<StoredObject> Describe(string bucket, IReadOnlyList<LakeFile> files) =>
        _index.Describe(bucket, [.. files.Select(f => (f.Key, f.Size, f.Modified))]);

    public StoredObject? Find(S3Uri uri)
    {
        using var opened = Open(uri);
        return opened?.Object;
    }

    /// <summary>Opens a consistent snapshot of the object and its content, which later writes do not affect.</summary>
    public OpenedObject? Open(S3Uri uri)
    {
        if (ExistingFile(uri) is not { } path)
        {
            return null;
        }

        lock (LockOf(uri))
        {
            try
            {
                var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1, useAsync: false);
                return new OpenedObject(_index.Describe(uri.Bucket, uri.Key, stream.Length, File.GetLastWriteTimeUtc(stream.SafeFileHandle)), stream);
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
            {
                return null;
            }
        }
    }

    /// <summary>Moves a complete, synced file into place as the object's content. <paramref name="precondition"/> gets the object
    /// that would be replaced, and throws to prevent that.</summary>
    public StoredObject Commit(S3Uri uri, string file, string etag, IReadOnlyDictionary<string, string> headers, Action<StoredObject?>? precondition = null)
    {
        lock (LockOf(uri))
        {
            var target = WritableFile(uri);
            precondition?.Invoke(Find(uri));
            MoveIntoPlace(file, target);
            var info = new FileInfo(target);
            _index.Set(uri.Bucket, uri.Key, info.Length, info.LastWriteTimeUtc, etag, headers);
            return new StoredObject(uri.Key, info.Length, info.LastWriteTimeUtc, etag, headers);
        }
    }

    /// <summary>Moves a query's output file into the lake. Its ETag is not the content's MD5, as with Athena's multipart
    /// uploads.</summary>
    public void Import(S3Uri uri, string file)
    {
        using (var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite))
        {
            stream.Flush(flushToDisk: true);
        }

        lock (LockOf(uri))
        {
            MoveIntoPlace(file, WritableFile(uri));
        }
    }

    public void Delete(S3Uri uri, Action<StoredObject?>? precondition = null)
    {
        lock (LockOf(uri))
        {
            precondition?.Invoke(Find(uri));
            if (ExistingFile(uri) is not { } path)
            {
                return;
            }

            File.Delete(path);
            _index.Remove(uri.Bucket, uri.Key);
            RemoveEmptyFolders(uri.Bucket, Path.GetDirectoryName(path)!);
        }
    }

    /// <summary>Deletes the symbolic link to the lake, if there is one.</summary>
    public void Dispose()
    {
        if (_linkFolder is not null && Directory.Exists(_linkFolder.FullName))
        {
            _linkFolder.Delete(recursive: true);
        }
    }

    private string BucketPath(string bucket) => Path.Combine(_root, bucket);

    private object LockOf(S3Uri uri) => _locks[(uint)uri.GetHashCode() % _locks.Length];

    private string? ExistingFile(S3Uri uri)
    {
        if (!HasBucket(uri.Bucket) || ObjectPath.ToRelative(uri.Key) is not { } relative)
        {
            return null;
        }

        var path = BucketPath(uri.Bucket);
        foreach (var segment in relative.Split(Path.DirectorySeparatorChar))
        {
            path = Path.Combine(path, segment);
            if (new FileInfo(path) is { LinkTarget: not null })
            {
                return null;
            }
        }
        return File.Exists(path) ? path : null;
    }

    private string WritableFile(S3Uri uri)
    {
        RequireBucket(uri.Bucket);
        var relative = ObjectPath.ToRelative(uri.Key)
            ?? throw new AwsException("KeyTooLongError", "Your key is too long: 1024 bytes, and 255 bytes between two slashes, is the most this endpoint stores.");
        var path = BucketPath(uri.Bucket);
        var segments = relative.Split(Path.DirectorySeparatorChar);
        for (var i = 0; i < segments.Length; i++)
        {
            path = Path.Combine(path, segments[i]);
            var info = new FileInfo(path);
            if (info.LinkTarget is not null)
            {
                throw new AwsException("AccessDenied", $"'{uri}' leads through a symbolic link, which this endpoint does not follow.", 403);
            }

            if (i < segments.Length - 1 ? info.Exists : Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
            {
                throw new AwsException("InvalidRequest", $"'{uri}' cannot be stored: objects are plain files here, and one name cannot be both a file and a folder.", 409);
            }
        }
        return path;
    }

    private void RequireBucket(string bucket)
    {
        if (!HasBucket(bucket))
        {
            throw new AwsException("NoSuchBucket", "The specified bucket does not exist", 404);
        }
    }

    private static void MoveIntoPlace(string file, string target)
    {
        for (var attempt = 1; ; attempt++)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            try
            {
                if (Directory.Exists(target))
                {
                    Directory.Delete(target);
                }

                File.Move(file, target, overwrite: true);
                return;
            }
            catch (DirectoryNotFoundException) when (attempt < 100)
            {
                // A concurrent request deleted the folder's last object, and with it the folder.
            }
        }
    }

    private void RemoveEmptyFolders(string bucket, string folder)
    {
        try
        {
            for (; folder.Length > BucketPath(bucket).Length; folder = Path.GetDirectoryName(folder)!)
            {
                Directory.Delete(folder);
            }
        }
        catch (IOException)
        {
            // The folder is not empty.
        }
    }
}
