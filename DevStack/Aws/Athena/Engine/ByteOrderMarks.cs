using System.IO.Compression;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>
/// Files of lines that begin with a UTF-8 byte order mark. Athena's line reader passes over it; DuckDB takes it for a part of the
/// first line, so the query reads a copy without it.
/// </summary>
internal static class ByteOrderMarks
{
    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    /// <summary>The same files; of those that begin with a mark, copies in a folder that goes with the query.</summary>
    public static IReadOnlyList<FileGroup> Strip(IReadOnlyList<FileGroup> groups, string scratch) =>
        [.. groups.Select(group => group with { Files = [.. group.Files.Select(file => Begins(file) ? Copy(file, scratch) : file)] })];

    private static bool Begins(LakeFile file)
    {
        try
        {
            using var content = Open(file);
            return IsNext(content);
        }
        catch (Exception e) when (e is InvalidDataException or FileNotFoundException or DirectoryNotFoundException)
        {
            return false; // Named .gz and is none, or deleted since it was listed: reading it says so.
        }
    }

    private static LakeFile Copy(LakeFile file, string scratch)
    {
        var folder = Directory.CreateDirectory(Path.Combine(scratch, "unmarked")).FullName;
        // Its name must not end in the object's key: that is how a reader knows that "$path" is another.
        var path = Path.Combine(folder, Guid.NewGuid().ToString("N") + (IsCompressed(file) ? ".gz" : ""));
        using var content = Open(file);
        IsNext(content);
        using var copy = IsCompressed(file) ? new GZipStream(File.Create(path), CompressionLevel.Fastest) : (Stream)File.Create(path);
        content.CopyTo(copy);
        return file with { Path = path };
    }

    private static bool IsNext(Stream content)
    {
        Span<byte> first = stackalloc byte[3];
        return content.ReadAtLeast(first, first.Length, throwOnEndOfStream: false) == first.Length && first.SequenceEqual(Mark);
    }

    private static Stream Open(LakeFile file)
    {
        var raw = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return IsCompressed(file) ? new GZipStream(raw, CompressionMode.Decompress) : raw;
    }

    private static bool IsCompressed(LakeFile file) => file.Key.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
}
