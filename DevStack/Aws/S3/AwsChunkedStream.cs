using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Stedi.DevStack.Aws.Protocol;

namespace Stedi.DevStack.Aws.S3;

/// <summary>
/// Decodes the <c>aws-chunked</c> framing of a request body: <c>size[;chunk-signature=...]</c>, data, and optional trailers after
/// the last chunk. The variants (signed or not, with or without trailer) differ only in parts that are ignored here.
/// </summary>
internal sealed class AwsChunkedStream(Stream inner) : Stream
{
    private const int MaxLine = 8192;

    private readonly byte[] _buffer = new byte[65536];
    private int _start, _end;
    private long _left;
    private bool _done, _first = true;

    /// <summary>Trailers such as <c>x-amz-checksum-crc32</c>, complete once the stream is read to its end.</summary>
    public Dictionary<string, string> Trailers { get; } = new(StringComparer.OrdinalIgnoreCase);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        if (_left == 0 && !_done)
        {
            await NextChunkAsync(cancellationToken);
        }

        if (_done || destination.Length == 0)
        {
            return 0;
        }

        if (_start == _end && !await FillAsync(cancellationToken))
        {
            throw Malformed("it ends in the middle of a chunk");
        }

        var count = (int)Math.Min(_left, Math.Min(destination.Length, _end - _start));
        _buffer.AsMemory(_start, count).CopyTo(destination);
        _start += count;
        _left -= count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async ValueTask NextChunkAsync(CancellationToken cancellationToken)
    {
        if (!_first && await LineAsync(cancellationToken) is not "")
        {
            throw Malformed("a chunk is longer than its size");
        }

        _first = false;
        var line = await LineAsync(cancellationToken) ?? throw Malformed("it ends without a last chunk");
        if (!long.TryParse(line.Split(';')[0].Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _left) || _left < 0)
        {
            throw Malformed("a chunk has no valid size");
        }

        if (_left > 0)
        {
            return;
        }

        _done = true;
        while (await LineAsync(cancellationToken) is { Length: > 0 } trailer)
        {
            if (trailer.Split(':', 2) is [var name, var value])
            {
                Trailers[name.Trim()] = value.Trim();
            }
        }
        // Read to the end of the request's body, which may be framed by Transfer-Encoding too.
        while (await FillAsync(cancellationToken))
        {
            _start = _end;
        }
    }

    private async ValueTask<string?> LineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (true)
        {
            if (_start == _end && !await FillAsync(cancellationToken))
            {
                return line.Length == 0 ? null : line.ToString();
            }

            var c = (char)_buffer[_start++];
            if (c == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            if (line.Append(c).Length > MaxLine)
            {
                throw Malformed("a chunk header is too long");
            }
        }
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        _start = 0;
        _end = await inner.ReadAsync(_buffer, cancellationToken);
        return _end > 0;
    }

    private static AwsException Malformed(string why) => new("IncompleteBody", $"The aws-chunked request body is malformed: {why}.");
}

/// <summary>Opens a request's body and decodes it if <c>x-amz-content-sha256</c> or Content-Encoding says that it is aws-chunked.</summary>
internal static class RequestBody
{
    public static Stream Open(HttpRequest request) =>
        IsChunked(request) ? new AwsChunkedStream(request.Body) : request.Body;

    private static bool IsChunked(HttpRequest request) =>
        request.Headers["x-amz-content-sha256"].ToString().StartsWith("STREAMING-", StringComparison.Ordinal) ||
        request.Headers.ContentEncoding.ToString().Contains("aws-chunked", StringComparison.OrdinalIgnoreCase);
}
