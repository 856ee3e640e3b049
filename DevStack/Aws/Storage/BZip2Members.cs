using ICSharpCode.SharpZipLib.BZip2;

namespace Stedi.DevStack.Aws.Storage;

/// <summary>Reads bzip2 data of any number of streams, such as pbzip2 writes; SharpZipLib ends with the first.</summary>
internal sealed class BZip2Members(Stream raw) : ReadOnlyStream
{
    private BZip2InputStream? _member;

    public override int Read(Span<byte> buffer)
    {
        while (true)
        {
            _member ??= new BZip2InputStream(raw) { IsStreamOwner = false };
            var read = _member.Read(buffer);
            if (read > 0 || buffer.IsEmpty || raw.Position == raw.Length)
            {
                return read;
            }

            // The first stream was read to its last byte and no further.
            _member = null;
        }
    }
}

/// <summary>The members that a stream for reading from beginning to end needs, beside <see cref="Stream.Read(Span{byte})"/>.</summary>
internal abstract class ReadOnlyStream : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public abstract override int Read(Span<byte> buffer);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
