using System.Buffers;
using System.Text.Unicode;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>How all lines of a file end, if DuckDB's readers give all of them as they are.</summary>
internal enum LineEnds
{
    /// <summary>DuckDB would lose or change lines, or fail.</summary>
    Other,
    LineFeed,
    CarriageReturnLineFeed,
}

/// <summary>
/// Recognises files of which DuckDB's readers give every line: UTF-8, one kind of line end, no empty and no long lines. Only
/// vectorised searches are used, so that large files are scanned about as fast as they are read.
/// </summary>
internal static class LineScan
{
    // A line is shorter than two chunks, and so than the reader's default limit of 2,000,000 bytes.
    private const int ChunkBytes = 512 << 10;

    /// <param name="content">The file's content.</param>
    /// <param name="allowsByteOrderMark">Whether the reader skips a byte order mark at the beginning.</param>
    /// <param name="throwIfInterrupted">Called for each piece.</param>
    public static LineEnds Scan(Stream content, bool allowsByteOrderMark, Action throwIfInterrupted)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            LineEnds? ends = null;
            var kept = 0;
            while (true)
            {
                throwIfInterrupted();
                var read = content.ReadAtLeast(buffer.AsSpan(kept, ChunkBytes - kept), ChunkBytes - kept, throwOnEndOfStream: false);
                var text = buffer.AsSpan(0, kept + read);
                var isLast = text.Length < ChunkBytes;
                var end = isLast ? text.Length : text.LastIndexOf((byte)'\n') + 1;
                if (end == 0)
                {
                    return isLast ? ends ?? LineEnds.LineFeed : LineEnds.Other;
                }

                var lines = text[..end];
                if (ends is null && lines.StartsWith(ByteOrderMark))
                {
                    if (!allowsByteOrderMark)
                    {
                        return LineEnds.Other;
                    }

                    lines = lines[ByteOrderMark.Length..];
                }

                ends ??= text.Contains((byte)'\r') ? LineEnds.CarriageReturnLineFeed : LineEnds.LineFeed;
                if (!Utf8.IsValid(lines) || (!lines.IsEmpty && !AreLines(lines, ends.Value)))
                {
                    return LineEnds.Other;
                }

                if (isLast)
                {
                    return ends.Value;
                }

                text[end..].CopyTo(buffer);
                kept = text.Length - end;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private static bool AreLines(ReadOnlySpan<byte> text, LineEnds ends)
    {
        if (ends == LineEnds.LineFeed)
        {
            return text[0] != '\n' && text.IndexOf("\n\n"u8) < 0 && !text.Contains((byte)'\r');
        }

        var lines = text.Count("\r\n"u8);
        return text[0] is not ((byte)'\n' or (byte)'\r') && text.Count((byte)'\n') == lines && text.Count((byte)'\r') == lines && text.IndexOf("\n\r"u8) < 0;
    }
}
