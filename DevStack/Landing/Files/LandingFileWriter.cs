using System.IO.Compression;
using Stedi.DevStack.Landing.Model;

namespace Stedi.DevStack.Landing.Files;

/// <summary>Opens a file of the data set for writing. The generator disposes of the stream when the file is complete.</summary>
/// <param name="path">Its relative path, with slashes: <c>customer/landing/customer-1655130000000.json</c>.</param>
public delegate ValueTask<Stream> OpenLandingFile(string path, CancellationToken cancellationToken);

/// <summary>Writes one file of lines through a buffer, with the encoding defects that the options ask for.</summary>
internal sealed class LandingFileWriter : IAsyncDisposable
{
    private const int LongestRow = 1_024;

    private readonly byte[] _buffer = new byte[128 * 1024];
    private readonly byte[] _lineEnd;
    private readonly CountingStream _counting;
    private readonly Stream _content;
    private int _buffered;

    private LandingFileWriter(Stream stream, LandingOptions options, int number, bool compress)
    {
        _counting = new(stream);
        _content = compress ? new GZipStream(_counting, CompressionLevel.Fastest) : _counting;
        var bare = options.Has(LandingDefects.BareCarriageReturns) && !(options.Has(LandingDefects.CarriageReturns) && number % 2 == 0);
        _lineEnd = bare ? "\r"u8.ToArray() : options.Has(LandingDefects.CarriageReturns) ? "\r\n"u8.ToArray() : "\n"u8.ToArray();
        if (options.Has(LandingDefects.ByteOrderMarks))
        {
            _buffered = Append(0, "\uFEFF"u8);
        }
    }

    /// <summary>Size of the file; final once the writer is disposed.</summary>
    public long Bytes => _counting.Written;

    public int Rows { get; private set; }

    public static async Task<LandingFileWriter> CreateAsync(
        OpenLandingFile open, string path, LandingOptions options, int number, bool compress, CancellationToken cancellationToken) =>
        new(await open(compress ? $"{path}.gz" : path, cancellationToken), options, number, compress);

    /// <summary>Writes a row: the function puts it into the span and returns its length.</summary>
    public ValueTask WriteRowAsync(Func<Span<byte>, int> write, CancellationToken cancellationToken)
    {
        Rows++;
        _buffered += write(_buffer.AsSpan(_buffered));
        _buffered = Append(_buffered, _lineEnd);
        return _buffer.Length - _buffered < LongestRow ? FlushAsync(cancellationToken) : ValueTask.CompletedTask;
    }

    /// <summary>Writes a line of any length.</summary>
    public async ValueTask WriteLineAsync(ReadOnlyMemory<byte> line, bool withLineEnd, CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken);
        await _content.WriteAsync(line, cancellationToken);
        _buffered = withLineEnd ? Append(0, _lineEnd) : 0;
    }

    /// <summary>Writes a row of any length.</summary>
    public ValueTask WriteRowAsync(ReadOnlyMemory<byte> row, CancellationToken cancellationToken)
    {
        Rows++;
        return WriteLineAsync(row, withLineEnd: true, cancellationToken);
    }

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await _content.WriteAsync(_buffer.AsMemory(0, _buffered), cancellationToken);
        _buffered = 0;
    }

    public ValueTask DisposeAsync() => _content.DisposeAsync();

    private int Append(int at, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer.AsSpan(at));
        return at + bytes.Length;
    }
}

/// <summary>Counts the bytes that reach a file, which differ from the content's length if it is compressed.</summary>
internal sealed class CountingStream(Stream inner) : Stream
{
    public long Written { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count)
    {
        inner.Write(buffer, offset, count);
        Written += count;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await inner.WriteAsync(buffer, cancellationToken);
        Written += buffer.Length;
    }

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }
}
