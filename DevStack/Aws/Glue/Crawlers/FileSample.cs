using System.Text.Json;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Glue.Crawlers;

/// <summary>Columns, types and record sizes found at the beginning of some files.</summary>
/// <param name="Paths">The top-level keys as they are spelled in the files.</param>
internal sealed record FileSample(IReadOnlyList<KeyValuePair<string, GlueType>> Columns, IReadOnlyList<string> Paths, long Records, long Bytes)
{
    private const int MaxFiles = 64;
    private const int TargetBytes = 1 << 20;
    private const int MinBytesPerFile = 64 << 10;
    private const int MaxLineBytes = 32 << 20;
    private const int MaxSearchedBytes = 256 << 20;

    public long AverageRecordSize => Records == 0 ? 0 : Math.Max(1, Bytes / Records);

    public static async Task<FileSample> ReadAsync(IReadOnlyList<LakeFile> files, int? sampleSize, CancellationToken cancellationToken)
    {
        var wanted = Math.Min(sampleSize ?? MaxFiles, files.Count);
        GlueType.Struct schema = new([]);
        List<string> paths = [];
        long records = 0, bytes = 0;
        for (var i = 0; i < wanted; i++)
        {
            // Samples are spread over all files, so that later ones are included.
            foreach (var line in await LinesAsync(files[(int)((long)i * files.Count / wanted)], Math.Max(MinBytesPerFile, TargetBytes / wanted), cancellationToken))
            {
                bytes += line.Length + 1;
                if (Parse(line) is not { } document)
                {
                    continue;
                }

                records++;
                foreach (var property in document.EnumerateObject())
                {
                    if (!paths.Contains(property.Name))
                    {
                        paths.Add(property.Name);
                    }
                }
                schema = (GlueType.Struct)GlueType.Merge(schema, GlueType.Of(document));
            }
        }
        return new FileSample(schema.Fields, paths, records, bytes);
    }

    // As Athena's JSON readers do, this takes the first value of a line and ignores what follows, such as a comma.
    private static JsonElement? Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line.Span);
            var document = JsonElement.ParseValue(ref reader);
            return document.ValueKind == JsonValueKind.Object ? document : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static async Task<List<ReadOnlyMemory<byte>>> LinesAsync(LakeFile file, int bytes, CancellationToken cancellationToken)
    {
        if (FileContent.HasUnreadableCompression(file.Key))
        {
            return [];
        }

        var buffer = new byte[bytes];
        var length = 0;
        long searched = 0;
        try
        {
            await using var content = FileContent.Open(file);
            while (true)
            {
                length += await content.ReadAtLeastAsync(buffer.AsMemory(length), buffer.Length - length, throwOnEndOfStream: false, cancellationToken);
                var isWhole = length < buffer.Length;
                var end = buffer.AsSpan(0, length).LastIndexOfAny((byte)'\n', (byte)'\r') + 1;
                if (isWhole || end > 0)
                {
                    var lines = Split(buffer.AsMemory(0, length), isWhole);
                    if (isWhole || searched > MaxSearchedBytes || lines.Exists(line => Parse(line) is not null))
                    {
                        return lines;
                    }
                    // No valid line so far: continue behind the lines read.
                    searched += end;
                    length -= end;
                    buffer.AsSpan(end, length).CopyTo(buffer);
                }
                else if (buffer.Length < MaxLineBytes)
                {
                    Array.Resize(ref buffer, buffer.Length * 2);
                }
                else
                {
                    return [];
                }
            }
        }
        catch (InvalidDataException)
        {
            return []; // Not compressed as its name tells, or cut off: queries report it.
        }
        catch (FileNotFoundException)
        {
            return []; // Deleted since it was listed.
        }
    }

    private static List<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> text, bool isWhole)
    {
        ReadOnlySpan<byte> byteOrderMark = [0xEF, 0xBB, 0xBF];
        if (text.Span.StartsWith(byteOrderMark))
        {
            text = text[3..];
        }

        var lines = new List<ReadOnlyMemory<byte>>();
        for (int end; (end = text.Span.IndexOfAny((byte)'\n', (byte)'\r')) >= 0; text = text[(end + 1)..])
        {
            lines.Add(text[..end]);
            end += text.Span[end..].StartsWith("\r\n"u8) ? 1 : 0;
        }
        // The last line of a truncated sample is incomplete.
        if (isWhole && text.Length > 0)
        {
            lines.Add(text);
        }

        return lines;
    }
}
