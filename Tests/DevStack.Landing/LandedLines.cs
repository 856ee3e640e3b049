using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Stedi.DevStack.Landing.Tests;

/// <summary>
/// Reads a source line by line, as its contract says: a line is a row if it is a JSON object whose required fields are
/// present and can be cast. Keys are not case-sensitive, and a repeated key makes the line invalid.
/// </summary>
internal static class LandedLines
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 2_000, AllowDuplicateProperties = false };

    public static (IReadOnlyList<Dictionary<string, JsonElement>> Rows, int Rejected) Read(string folder, string source, Func<Dictionary<string, JsonElement>, bool> isValid)
    {
        var landing = Path.Combine(folder, source, "landing");
        var rows = new List<Dictionary<string, JsonElement>>();
        var rejected = 0;
        foreach (var line in Directory.Exists(landing) ? Directory.EnumerateFiles(landing).Where(IsVisible).SelectMany(Lines) : [])
        {
            if (Parse(line) is { } row && isValid(row))
            {
                rows.Add(row);
            }
            else
            {
                rejected++;
            }
        }

        return (rows, rejected);
    }

    public static string? Text(this Dictionary<string, JsonElement> row, string key) =>
        row.GetValueOrDefault(key) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public static long? Whole(this Dictionary<string, JsonElement> row, string key) =>
        Number(row, key) is { } text && long.TryParse(text, out var number) ? number : null;

    public static double? Fraction(this Dictionary<string, JsonElement> row, string key) =>
        Number(row, key) is { } text && double.TryParse(text, out var number) && double.IsFinite(number) ? number : null;

    private static string? Number(Dictionary<string, JsonElement> row, string key) => row.GetValueOrDefault(key) switch
    {
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        _ => null,
    };

    private static bool IsVisible(string file) => Path.GetFileName(file)[0] is not ('.' or '_');

    private static IEnumerable<byte[]> Lines(string file)
    {
        using var stream = File.OpenRead(file);
        using var content = new MemoryStream();
        using (var plain = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : (Stream)stream)
        {
            plain.CopyTo(content);
        }

        var bytes = content.ToArray().AsMemory();
        if (bytes.Span.StartsWith(Encoding.UTF8.Preamble))
        {
            bytes = bytes[3..];
        }

        while (bytes.Length > 0)
        {
            var end = bytes.Span.IndexOf((byte)'\n');
            yield return bytes[..(end < 0 ? bytes.Length : end)].ToArray();
            bytes = end < 0 ? default : bytes[(end + 1)..];
        }
    }

    private static Dictionary<string, JsonElement>? Parse(byte[] line)
    {
        try
        {
            _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(line);
            using var document = JsonDocument.Parse(line, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone().EnumerateObject().ToDictionary(member => member.Name, member => member.Value, StringComparer.OrdinalIgnoreCase)
                : null;
        }
        catch (Exception e) when (e is JsonException or DecoderFallbackException)
        {
            return null;
        }
    }
}
