using System.IO.Compression;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>
/// Removes UTF-8 byte order marks at the beginning of line files. Athena's line reader skips them; DuckDB takes them for part of
/// the first line, so the query reads a copy without the mark.
/// </summary>
internal static class ByteOrderMarks
{
    /// <summary>Replaces files that begin with a mark by copies in a folder that is deleted with the query.</summary>
    public static IReadOnlyList<FileGroup> Strip(IReadOnlyList<FileGroup> groups, string tempDirectory) =>
        [.. groups.Select(group => group with { Files = [.. group.Files.Select(file => Begins(file) ? Copy(file, tempDirectory) : file)] })];

    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    private static bool Begins(LakeFile file)
    {
        try
        {
            using var content = Open(file);
            return IsNext(content);
        }
        catch (Exception e) when (e is InvalidDataException or FileNotFoundException or DirectoryNotFoundException)
        {
            return false; // Not a gzip file despite its name, or deleted since it was listed: reading it reports the error.
        }
    }

    private static LakeFile Copy(LakeFile file, string tempDirectory)
    {
        var folder = Directory.CreateDirectory(Path.Combine(tempDirectory, "unmarked")).FullName;
        // The name must not end in the object's key: by that TableView recognises files whose path differs from the key.
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
