using ICSharpCode.SharpZipLib;
using ICSharpCode.SharpZipLib.Zip.Compression.Streams;
using ZstdSharp;

namespace Stedi.DevStack.Aws.Storage;

/// <summary>
/// Opens files decompressed. As on Trino, the name's extension tells the compression, and only in lower case.
/// </summary>
internal static class FileContent
{
    private const int ReadBytes = 128 << 10;

    private static readonly Compression[] Known =
    [
        new(".gz", "gzip", start => start is [0x1F, 0x8B, ..], raw => new CheckedGzip(raw)),
        new(".bz2", "bzip2", start => start is [(byte)'B', (byte)'Z', (byte)'h', ..], raw => new BZip2Members(raw)),
        new(".deflate", "deflate", start => start is [var method, var flags, ..] && (method & 0x0F) == 8 && ((method << 8) | flags) % 31 == 0, raw => new InflaterInputStream(raw)),
        new(".zst", "zstd", start => start is [0x28, 0xB5, 0x2F, 0xFD] or [>= 0x50 and <= 0x5F, 0x2A, 0x4D, 0x18], raw => new DecompressionStream(raw)),
    ];

    private static readonly string[] Unreadable = [".snappy", ".lz4", ".xz", ".lzo", ".zip", ".7z"];

    /// <summary>The extensions of compressions that are read.</summary>
    public static string ReadableExtensions { get; } = string.Join(", ", Known.Select(compression => compression.Extension));

    /// <summary>The name of the compression that a file's name tells, or null.</summary>
    public static string? CompressionOf(string key) => Of(key)?.Name;

    /// <summary>Whether a file's name tells a compression that is not read.</summary>
    public static bool HasUnreadableCompression(string key) => Array.Exists(Unreadable, extension => key.EndsWith(extension, StringComparison.Ordinal));

    /// <summary>Opens a file, which may be deleted while it is read.</summary>
    /// <exception cref="InvalidDataException">It is not compressed as its name tells. Reading throws the same if it is cut off or damaged.</exception>
    public static Stream Open(LakeFile file)
    {
        var raw = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, ReadBytes, FileOptions.SequentialScan);
        if (Of(file.Key) is not { } compression)
        {
            return raw;
        }

        try
        {
            Span<byte> start = stackalloc byte[4];
            if (!compression.IsStart(start[..raw.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)]))
            {
                throw new InvalidDataException($"is not {compression.Name} data although its name ends in {compression.Extension}: rename it, or compress it with {compression.Name}");
            }

            raw.Position = 0;
            return new Decompressed(compression, raw);
        }
        catch
        {
            raw.Dispose();
            throw;
        }
    }

    private static Compression? Of(string key) => Array.Find(Known, compression => key.EndsWith(compression.Extension, StringComparison.Ordinal));

    private delegate bool StartTest(ReadOnlySpan<byte> start);

    private sealed record Compression(string Extension, string Name, StartTest IsStart, Func<Stream, Stream> Decompress);

    /// <summary>Replaces what the libraries throw by one exception.</summary>
    private sealed class Decompressed(Compression compression, Stream raw) : ReadOnlyStream
    {
        private Stream? _content;

        public override int Read(Span<byte> buffer)
        {
            try
            {
                // Constructors may read already.
                _content ??= compression.Decompress(raw);
                return _content.Read(buffer);
            }
            catch (Exception e) when (e is SharpZipBaseException or ZstdException or EndOfStreamException or InvalidDataException or IndexOutOfRangeException)
            {
                throw new InvalidDataException($"is cut off or damaged: its {compression.Name} data cannot be read to the end; upload the whole file again", e);
            }
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _content?.Dispose();
                raw.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
