using System.IO.Enumeration;

namespace Stedi.DevStack.Aws.Storage;

/// <summary>Lists a bucket's folder in key order. Symbolic links are skipped, so that nothing outside the lake is an object.</summary>
internal sealed class ObjectLister(string bucketPath)
{
    private static readonly EnumerationOptions Options = new() { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };

    private readonly record struct Entry(string Order, string Name, bool IsDirectory, long Size, DateTime Modified);

    /// <summary>Every object whose key starts with <paramref name="prefix"/> and comes after <paramref name="after"/>, ordered by key.</summary>
    public IEnumerable<LakeFile> Files(string prefix, string after = "")
    {
        var folderKey = prefix[..(prefix.LastIndexOf('/') + 1)];
        var path = folderKey.Length == 0 ? bucketPath : RealFolder(folderKey);
        return path is null ? [] : Walk(path, folderKey, prefix, after);
    }

    /// <summary>
    /// As <see cref="Files"/>, but with one entry with an empty path for each folder below the prefix's: S3's listing with the
    /// delimiter <c>/</c>.
    /// </summary>
    public IEnumerable<LakeFile> FilesAndCommonPrefixes(string prefix, string after = "")
    {
        var folderKey = prefix[..(prefix.LastIndexOf('/') + 1)];
        var path = folderKey.Length == 0 ? bucketPath : RealFolder(folderKey);
        if (path is null)
        {
            yield break;
        }

        foreach (var entry in Entries(path))
        {
            var key = folderKey + entry.Order;
            if (!key.StartsWith(prefix, StringComparison.Ordinal) || string.CompareOrdinal(key, after) <= 0)
            {
                continue;
            }

            var full = Path.Combine(path, entry.Name);
            if (!entry.IsDirectory)
            {
                yield return new LakeFile(key, full, entry.Size, entry.Modified);
            }
            else if (Walk(full, key, key, "").Any())
            {
                yield return new LakeFile(key, "", 0, default);
            }
        }
    }

    private static IEnumerable<LakeFile> Walk(string path, string folderKey, string prefix, string after)
    {
        foreach (var entry in Entries(path))
        {
            var key = folderKey + entry.Order;
            if (entry.IsDirectory)
            {
                var overlaps = key.StartsWith(prefix, StringComparison.Ordinal) || prefix.StartsWith(key, StringComparison.Ordinal);
                var isBehind = string.CompareOrdinal(key, after) < 0 && !after.StartsWith(key, StringComparison.Ordinal);
                if (!overlaps || isBehind)
                {
                    continue;
                }

                foreach (var file in Walk(Path.Combine(path, entry.Name), key, prefix, after))
                {
                    yield return file;
                }
            }
            else if (key.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(key, after) > 0)
            {
                yield return new LakeFile(key, Path.Combine(path, entry.Name), entry.Size, entry.Modified);
            }
        }
    }

    private static List<Entry> Entries(string path)
    {
        try
        {
            var entries = new FileSystemEnumerable<Entry>(path, (ref FileSystemEntry e) =>
            {
                var name = e.FileName.ToString();
                return new Entry(ObjectPath.Decode(name) + (e.IsDirectory ? "/" : ""), name, e.IsDirectory, e.IsDirectory ? 0 : e.Length, e.LastWriteTimeUtc.UtcDateTime);
            }, Options).ToList();
            entries.Sort((a, b) => string.CompareOrdinal(a.Order, b.Order));
            return entries;
        }
        catch (DirectoryNotFoundException)
        {
            return []; // Removed during the listing.
        }
    }

    private string? RealFolder(string folderKey)
    {
        if (Path.GetDirectoryName(ObjectPath.ToRelative(folderKey + "x")) is not { Length: > 0 } relative)
        {
            return null;
        }

        var path = bucketPath;
        foreach (var segment in relative.Split(Path.DirectorySeparatorChar))
        {
            path = Path.Combine(path, segment);
            var info = new DirectoryInfo(path);
            if (!info.Exists || info.LinkTarget is not null)
            {
                return null;
            }
        }
        return path;
    }
}

/// <summary>An object's file, without the object's metadata.</summary>
internal readonly record struct LakeFile(string Key, string Path, long Size, DateTime Modified);
