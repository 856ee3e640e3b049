using System.IO.Compression;
using System.Text.Json;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>The top-level keys in the first lines of some files.</summary>
/// <param name="Spellings">How each is spelled, by the key in lower case.</param>
/// <param name="Shapes">The commonest lists of keys that a line has, none of them twice.</param>
internal sealed record JsonKeys(IReadOnlyDictionary<string, IReadOnlyList<string>> Spellings, IReadOnlyList<IReadOnlyList<string>> Shapes)
{
    const int MaxFiles = 8;
    const int MaxBytes = 32 << 10;
    const int MaxShapes = 8;

    public static JsonKeys Sample(IReadOnlyList<LakeFile> files)
    {
        var keys = new Dictionary<string, List<string>>();
        var shapes = new Dictionary<string, (IReadOnlyList<string> Keys, int Lines)>();
        var count = Math.Min(MaxFiles, files.Count);
        for (var i = 0; i < count; i++)
        {
            foreach (var line in Lines(files[(int)((long)i * files.Count / count)]))
            {
                var shape = Collect(line, keys);
                if (shape.Count == 0 || shape.Distinct(StringComparer.OrdinalIgnoreCase).Count() != shape.Count)
                    continue;
                var name = string.Join('\n', shape);
                shapes[name] = (shape, shapes.GetValueOrDefault(name).Lines + 1);
            }
        }
        return new(
            keys.ToDictionary(k => k.Key, k => (IReadOnlyList<string>)k.Value),
            [.. shapes.Values.OrderByDescending(s => s.Lines).Take(MaxShapes).Select(s => s.Keys)]);
    }

    static List<string> Collect(ReadOnlySpan<byte> line, Dictionary<string, List<string>> keys)
    {
        var shape = new List<string>();
        var reader = new Utf8JsonReader(line);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1)
                    continue;
                var key = reader.GetString()!;
                shape.Add(key);
                if (!keys.TryGetValue(key.ToLowerInvariant(), out var spellings))
                    keys.Add(key.ToLowerInvariant(), spellings = []);
                if (!spellings.Contains(key))
                    spellings.Add(key);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A malformed or cut-off line: its keys up to there are as good as any.
        }
        return shape;
    }

    static List<byte[]> Lines(LakeFile file)
    {
        try
        {
            using var raw = File.OpenRead(file.Path);
            using var content = file.Key.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(raw, CompressionMode.Decompress) : (Stream)raw;
            var buffer = new byte[MaxBytes];
            var length = content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            var lines = new List<byte[]>();
            foreach (var range in buffer.AsSpan(0, length).Split((byte)'\n'))
                lines.Add(buffer[range.Start.GetOffset(length)..range.End.GetOffset(length)]);
            return lines;
        }
        catch (Exception e) when (e is InvalidDataException or FileNotFoundException)
        {
            return [];
        }
    }
}
