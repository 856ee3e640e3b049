using System.IO.Compression;
using System.Text.Json;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Glue.Crawling;

/// <summary>What the beginnings of some files show: columns with types, and how long a record is.</summary>
/// <param name="Paths">The top-level keys as they are spelled.</param>
internal sealed record FileSample(IReadOnlyList<KeyValuePair<string, GlueType>> Columns, IReadOnlyList<string> Paths, long Records, long Bytes)
{
    const int MaxFiles = 64;
    const int MaxBytesPerFile = 2 << 20;

    public long AverageRecordSize => Records == 0 ? 0 : Math.Max(1, Bytes / Records);

    public static async Task<FileSample> ReadAsync(IReadOnlyList<LakeFile> files, int? sampleSize, CancellationToken cancellationToken)
    {
        var wanted = Math.Min(sampleSize ?? MaxFiles, files.Count);
        GlueType.Struct schema = new([]);
        List<string> paths = [];
        long records = 0, bytes = 0;
        for (var i = 0; i < wanted; i++)
        {
            // Spread over all files, so that what came later is seen too.
            foreach (var line in await LinesAsync(files[(int)((long)i * files.Count / wanted)], cancellationToken))
            {
                bytes += line.Length + 1;
                if (Parse(line) is not { } document)
                    continue;
                records++;
                foreach (var property in document.EnumerateObject())
                {
                    if (!paths.Contains(property.Name))
                        paths.Add(property.Name);
                }
                schema = (GlueType.Struct)GlueType.Merge(schema, GlueType.Of(document));
            }
        }
        return new FileSample(schema.Fields, paths, records, bytes);
    }

    static JsonElement? Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            var document = JsonElement.Parse(line.Span);
            return document.ValueKind == JsonValueKind.Object ? document : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    static async Task<List<ReadOnlyMemory<byte>>> LinesAsync(LakeFile file, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxBytesPerFile];
        var length = 0;
        var isWhole = false;
        try
        {
            await using var raw = File.OpenRead(file.Path);
            await using var content = file.Key.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(raw, CompressionMode.Decompress) : (Stream)raw;
            (length, isWhole) = await ReadLinesAsync(content, buffer, cancellationToken);
        }
        catch (InvalidDataException)
        {
            return []; // Named .gz and is none.
        }
        catch (FileNotFoundException)
        {
            return []; // Deleted since it was listed.
        }
        return Split(buffer.AsMemory(0, length), isWhole);
    }

    // Fills the buffer with whole lines, if the file has any that fit: longer ones are passed over.
    static async Task<(int Length, bool IsWhole)> ReadLinesAsync(Stream content, byte[] buffer, CancellationToken cancellationToken)
    {
        for (var kept = 0; ;)
        {
            var length = kept + await content.ReadAtLeastAsync(buffer.AsMemory(kept), buffer.Length - kept, throwOnEndOfStream: false, cancellationToken);
            if (length < buffer.Length || buffer.AsSpan(0, length).Contains((byte)'\n'))
                return (length, length < buffer.Length);
            kept = await SkipLineAsync(content, buffer, cancellationToken);
            if (kept < 0)
                return (0, true);
        }
    }

    // Returns how much of the buffer is what follows the line's end, or -1 at the end of the file.
    static async Task<int> SkipLineAsync(Stream content, byte[] buffer, CancellationToken cancellationToken)
    {
        while (await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken) is > 0 and var length)
        {
            if (buffer.AsSpan(0, length).IndexOf((byte)'\n') is >= 0 and var end)
            {
                buffer.AsSpan((end + 1)..length).CopyTo(buffer);
                return length - end - 1;
            }
        }
        return -1;
    }

    static List<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> text, bool isWhole)
    {
        ReadOnlySpan<byte> byteOrderMark = [0xEF, 0xBB, 0xBF];
        if (text.Span.StartsWith(byteOrderMark))
            text = text[3..];
        var lines = new List<ReadOnlyMemory<byte>>();
        for (int end; (end = text.Span.IndexOf((byte)'\n')) >= 0; text = text[(end + 1)..])
            lines.Add(text[..end]);
        // The last line of a cut-off sample is not a line.
        if (isWhole && text.Length > 0)
            lines.Add(text);
        return lines;
    }
}
