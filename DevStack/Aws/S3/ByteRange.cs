using Stedi.DevStack.Aws.Http;

namespace Stedi.DevStack.Aws.S3;

internal readonly record struct ByteRange(long Start, long End)
{
    public long Length => End - Start + 1;

    /// <summary>The range of a Range header; null where there is none or, as S3 does, where it is not understood.</summary>
    /// <exception cref="AwsException">It lies outside the object.</exception>
    public static ByteRange? Of(string? header, long size)
    {
        if (header is null || !header.StartsWith("bytes=", StringComparison.Ordinal) || header["bytes=".Length..].Split('-') is not [var first, var last])
            return null;
        var hasStart = long.TryParse(first, out var start);
        var hasEnd = long.TryParse(last, out var end);
        if (hasStart ? last.Length > 0 && (!hasEnd || end < start) : first.Length > 0 || !hasEnd)
            return null;
        var range = hasStart ? new ByteRange(start, hasEnd ? Math.Min(end, size - 1) : size - 1) : new ByteRange(Math.Max(0, size - end), size - 1);
        return range.Start < size && range.Length > 0 ? range : throw new AwsException("InvalidRange", "The requested range is not satisfiable", 416);
    }
}
