using System.Text.Json;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>Samples the spellings of top-level keys in the first lines of some files.</summary>
internal static class JsonKeys
{
    private const int MaxFiles = 8;
    private const int MaxBytes = 32 << 10;

    /// <summary>Spellings by lower-cased key.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Sample(IReadOnlyList<LakeFile> files)
    {
        var keys = new Dictionary<string, List<string>>();
        var count = Math.Min(MaxFiles, files.Count);
        for (var i = 0; i < count; i++)
        {
            foreach (var line in Lines(files[(int)((long)i * files.Count / count)]))
            {
                Collect(line, keys);
            }
        }
        return keys.ToDictionary(k => k.Key, k => (IReadOnlyList<string>)k.Value);
    }

    private static void Collect(ReadOnlySpan<byte> line, Dictionary<string, List<string>> keys)
    {
        var reader = new Utf8JsonReader(line);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1)
                {
                    continue;
                }

                var key = reader.GetString()!;
                if (!keys.TryGetValue(key.ToLowerInvariant(), out var spellings))
                {
                    keys.Add(key.ToLowerInvariant(), spellings = []);
                }

                if (!spellings.Contains(key))
                {
                    spellings.Add(key);
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A malformed or truncated line. The keys read so far are valid.
        }
    }

    private static List<byte[]> Lines(LakeFile file)
    {
        try
        {
            using var content = File.OpenRead(file.Path);
            var buffer = new byte[MaxBytes];
            var length = content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            var lines = new List<byte[]>();
            foreach (var range in buffer.AsSpan(0, length).Split((byte)'\n'))
            {
                lines.Add(buffer[range.Start.GetOffset(length)..range.End.GetOffset(length)]);
            }

            return lines;
        }
        catch (Exception e) when (FilePreparation.IsGone(e))
        {
            return [];
        }
    }
}
