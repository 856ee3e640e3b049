using System.IO.Compression;

namespace Stedi.Temporal.Activities.Catalog;

/// <summary>Recognises small files without text: a lone byte order mark, or a compression of nothing. Athena gives no line for them.</summary>
internal static class EmptyFile
{
    private const int ZstandardMagicLength = 4;

    /// <summary>Whether a file has no text. False if it is not compressed as its name says.</summary>
    /// <param name="key">The file's key, whose extension names the compression.</param>
    /// <param name="content">The file's content.</param>
    public static bool Is(string key, byte[] content) => Path.GetExtension(key) switch
    {
        ".gz" => IsEmpty(content, compressed => new GZipStream(compressed, CompressionMode.Decompress)),
        ".deflate" => IsEmpty(content, compressed => new ZLibStream(compressed, CompressionMode.Decompress)),
        ".bz2" => content.AsSpan().StartsWith(Bzip2Header) && content.Length > Bzip2Header.Length && content.AsSpan(Bzip2Header.Length + 1).StartsWith(Bzip2EndOfStream),
        ".zst" => IsEmptyZstandard(content),
        _ => IsNothing(content),
    };

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private static ReadOnlySpan<byte> Bzip2Header => "BZh"u8;

    // It follows the header and the block size at once if there is no block.
    private static ReadOnlySpan<byte> Bzip2EndOfStream => [0x17, 0x72, 0x45, 0x38, 0x50, 0x90];

    private static ReadOnlySpan<byte> ZstandardMagic => [0x28, 0xB5, 0x2F, 0xFD];

    // The last block, of no bytes.
    private static ReadOnlySpan<byte> ZstandardLastBlock => [0x01, 0x00, 0x00];

    private static bool IsEmpty(byte[] content, Func<Stream, Stream> decompress)
    {
        using var text = decompress(new MemoryStream(content));
        var start = new byte[ByteOrderMark.Length + 1];
        try
        {
            return IsNothing(start.AsSpan(0, text.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)));
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    // RFC 8878, section 3.1.1.1: the first byte of a frame's header tells the sizes of its other fields.
    private static bool IsEmptyZstandard(ReadOnlySpan<byte> content)
    {
        if (!content.StartsWith(ZstandardMagic) || content.Length == ZstandardMagicLength)
        {
            return false;
        }

        var descriptor = content[ZstandardMagicLength];
        var isSingleSegment = (descriptor & 0x20) != 0;
        var window = isSingleSegment ? 0 : 1;
        var dictionary = (descriptor & 3) switch { 3 => 4, var size => size };
        var contentSize = (descriptor >> 6) switch { 0 => isSingleSegment ? 1 : 0, var power => 1 << power };
        var header = ZstandardMagicLength + 1 + window + dictionary + contentSize;
        return content.Length > header && content[header..].StartsWith(ZstandardLastBlock);
    }

    private static bool IsNothing(ReadOnlySpan<byte> text) => text.IsEmpty || text.SequenceEqual(ByteOrderMark);
}
