using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using ICSharpCode.SharpZipLib.GZip;

namespace Stedi.DevStack.Aws.Storage;

/// <summary>
/// Reads gzip data of any number of members, and fails if it is cut off. <see cref="GZipStream"/> is several times as fast as
/// SharpZipLib, but takes a file that is cut off for a whole one. A file whose last bytes are the length and checksum of all its
/// data is whole; another one, with several members or with junk behind them, is read once more by SharpZipLib, which notices.
/// </summary>
internal sealed class CheckedGzip(Stream raw) : ReadOnlyStream
{
    private const int TrailerBytes = 8, ChunkBytes = 64 << 10;

    private readonly GZipStream _content = new(raw, CompressionMode.Decompress, leaveOpen: true);
    private readonly Crc32 _checksum = new();
    private long _length;
    private bool _isChecked;

    public override int Read(Span<byte> buffer)
    {
        var read = _content.Read(buffer);
        _checksum.Append(buffer[..read]);
        _length += read;
        if (read == 0 && !buffer.IsEmpty && !_isChecked)
        {
            Check();
            _isChecked = true;
        }

        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Check()
    {
        if (!EndsWithTrailer())
        {
            raw.Position = 0;
            using var all = new GZipInputStream(raw) { IsStreamOwner = false };
            var chunk = new byte[ChunkBytes];
            while (all.Read(chunk, 0, chunk.Length) > 0)
            {
            }
        }
    }

    private bool EndsWithTrailer()
    {
        if (raw.Length < TrailerBytes)
        {
            return false;
        }

        Span<byte> trailer = stackalloc byte[TrailerBytes];
        raw.Position = raw.Length - TrailerBytes;
        raw.ReadExactly(trailer);
        return BinaryPrimitives.ReadUInt32LittleEndian(trailer) == _checksum.GetCurrentHashAsUInt32() && BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]) == (uint)_length;
    }
}
