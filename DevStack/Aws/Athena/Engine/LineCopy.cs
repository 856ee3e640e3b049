using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>
/// Copies a file's lines so that DuckDB's readers give all of them: each with a prefix before it and a line feed behind it. As on
/// Trino, lines end at LF, CRLF or CR, a byte order mark at the beginning is skipped, and bytes that are not UTF-8 become U+FFFD. A
/// line is never held in memory.
/// </summary>
internal sealed class LineCopy : IDisposable
{
    /// <summary>The longest line that is read, in bytes.</summary>
    public const int MaxLine = 64 << 20;

    private const int ChunkBytes = 1 << 20;

    private readonly Stream _output;
    private readonly byte[] _prefix;
    private readonly byte[] _chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes), _buffer = ArrayPool<byte>.Shared.Rent(ChunkBytes);
    private int _used, _skip;
    private long _line, _copied, _longest;
    private bool _isInLine, _endsInCarriageReturn;

    private LineCopy(Stream output, LineReader reader)
    {
        _output = output;
        _prefix = Encoding.UTF8.GetBytes(reader.Prefix);
        _skip = reader.SkippedLines;
    }

    /// <summary>Copies all lines that are rows, and returns the length of the longest one.</summary>
    /// <exception cref="InvalidDataException">A line is longer than <see cref="MaxLine"/>.</exception>
    public static long Write(Stream content, Stream output, LineReader reader, Action throwIfInterrupted)
    {
        using var copy = new LineCopy(output, reader);
        copy.Run(content, throwIfInterrupted);
        return copy._longest;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_chunk);
        ArrayPool<byte>.Shared.Return(_buffer);
    }

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private static ReadOnlySpan<byte> Replacement => [0xEF, 0xBF, 0xBD];

    private void Run(Stream content, Action throwIfInterrupted)
    {
        var kept = content.ReadAtLeast(_chunk.AsSpan(0, 3), 3, throwOnEndOfStream: false);
        kept = _chunk.AsSpan(0, kept).SequenceEqual(ByteOrderMark) ? 0 : kept;
        while (true)
        {
            throwIfInterrupted();
            var read = content.Read(_chunk.AsSpan(kept));
            var text = _chunk.AsSpan(0, kept + read);
            var whole = read == 0 ? text.Length : text.Length - CutCharacter(text);
            AppendLines(text[..whole]);
            if (read == 0)
            {
                break;
            }

            text[whole..].CopyTo(_chunk);
            kept = text.Length - whole;
        }

        if (_isInLine)
        {
            EndLine();
        }

        Flush();
    }

    private void AppendLines(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            if (_endsInCarriageReturn && text[0] == '\n')
            {
                text = text[1..];
            }

            _endsInCarriageReturn = false;
            var end = text.IndexOfAny((byte)'\n', (byte)'\r');
            var line = end < 0 ? text : text[..end];
            if (!line.IsEmpty)
            {
                AppendToLine(line);
            }

            if (end < 0)
            {
                return;
            }

            _endsInCarriageReturn = text[end] == '\r';
            EndLine();
            text = text[(end + 1)..];
        }
    }

    private void AppendToLine(ReadOnlySpan<byte> text)
    {
        _line += text.Length;
        if (_line > MaxLine)
        {
            throw new InvalidDataException($"has a line of more than {MaxLine >> 20} MiB: put line ends into it, or remove the file");
        }

        BeginLine();
        if (Utf8.IsValid(text))
        {
            Append(text);
            return;
        }

        while (!text.IsEmpty)
        {
            var isValid = Rune.DecodeFromUtf8(text, out _, out var length) == OperationStatus.Done;
            length = isValid ? length : Malformed(text);
            Append(isValid ? text[..length] : Replacement);
            text = text[length..];
        }
    }

    private void BeginLine()
    {
        if (!_isInLine)
        {
            _isInLine = true;
            Append(_prefix);
        }
    }

    private void EndLine()
    {
        BeginLine();
        _longest = Math.Max(_longest, _copied);
        Append("\n"u8);
        _isInLine = false;
        _line = _copied = 0;
        _skip = Math.Max(0, _skip - 1);
    }

    private void Append(ReadOnlySpan<byte> text)
    {
        if (_skip > 0)
        {
            return;
        }

        _copied += text.Length;
        if (text.Length > _buffer.Length - _used)
        {
            Flush();
        }

        if (text.Length > _buffer.Length)
        {
            _output.Write(text);
            return;
        }

        text.CopyTo(_buffer.AsSpan(_used));
        _used += text.Length;
    }

    private void Flush()
    {
        _output.Write(_buffer.AsSpan(0, _used));
        _used = 0;
    }

    /// <summary>How many bytes at the end begin a character that continues behind them.</summary>
    private static int CutCharacter(ReadOnlySpan<byte> text)
    {
        for (var length = 1; length <= Math.Min(3, text.Length); length++)
        {
            var first = text[^length];
            if (!IsContinuation(first))
            {
                return length < (first switch { >= 0xF0 => 4, >= 0xE0 => 3, >= 0xC0 => 2, _ => 1 }) ? length : 0;
            }
        }

        return 0;
    }

    /// <summary>
    /// How many bytes one U+FFFD replaces, as Java's decoder has it. .NET's differs: it gives three for a surrogate, which is
    /// encoded in three bytes.
    /// </summary>
    private static int Malformed(ReadOnlySpan<byte> text)
    {
        var first = text[0];
        if (first is < 0xE0 or > 0xF4 || text.Length < 2 || !IsContinuation(text[1]))
        {
            return 1;
        }

        var isSecond = first switch
        {
            0xE0 => text[1] >= 0xA0,
            0xF0 => text[1] >= 0x90,
            0xF4 => text[1] <= 0x8F,
            _ => true,
        };
        return !isSecond ? 1 : text.Length < 3 || !IsContinuation(text[2]) ? 2 : 3;
    }

    private static bool IsContinuation(byte b) => (b & 0xC0) == 0x80;
}
