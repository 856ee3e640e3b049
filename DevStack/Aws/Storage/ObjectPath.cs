using System.Text;

namespace Stedi.DevStack.Aws.Storage;

/// <summary>
/// Maps keys to file names and back. A key's segments are folder names; a segment that cannot be a file name (empty,
/// <c>.</c>, <c>..</c>, or with a NUL) becomes <c>%s3%</c> followed by the percent-encoded segment.
/// </summary>
internal static class ObjectPath
{
    private const string Mark = "%s3%";
    private static readonly System.Buffers.SearchValues<char> Forbidden = System.Buffers.SearchValues.Create("\\:*?\"<>|");
    private const int MaxKeyBytes = 1024, MaxSegmentBytes = 255;

    /// <summary>The path of a key's file relative to its bucket, or null if the key is too long for a file name.</summary>
    public static string? ToRelative(string key)
    {
        if (key.Length == 0 || Encoding.UTF8.GetByteCount(key) > MaxKeyBytes)
        {
            return null;
        }

        var segments = key.Split('/').Select(Encode).ToArray();
        return segments.All(s => Encoding.UTF8.GetByteCount(s) <= MaxSegmentBytes) ? Path.Combine(segments) : null;
    }

    /// <summary>The key segment of a file or folder name.</summary>
    public static string Decode(string name) =>
        name.StartsWith(Mark, StringComparison.Ordinal) ? Uri.UnescapeDataString(name[Mark.Length..]) : name;

    private static string Encode(string segment)
    {
        if (segment is "")
        {
            return Mark;
        }

        var special = segment is "." or ".." || segment.Contains('\0') || segment.StartsWith(Mark, StringComparison.Ordinal)
            || (Path.DirectorySeparatorChar != '/' && segment.AsSpan().ContainsAny(Forbidden));
        return special ? Mark + string.Concat(Encoding.UTF8.GetBytes(segment).Select(b => $"%{b:X2}")) : segment;
    }
}
