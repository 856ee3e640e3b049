using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Stedi.DevStack.Landing.Tests;

/// <summary>Reads a source line by line, as its contract says. Lines end in LF, CRLF or CR; bytes that are not UTF-8 are replaced.</summary>
internal static class LandedLines
{
    private static readonly char[] LineEnds = ['\n', '\r'];

    public static IEnumerable<LandedLine> Read(string folder, string source)
    {
        var landing = Path.Combine(folder, source, "landing");
        return Directory.Exists(landing) ? Directory.EnumerateFiles(landing).Where(IsVisible).SelectMany(Lines).Select(LandedLine.Parse) : [];
    }

    private static bool IsVisible(string file) => Path.GetFileName(file)[0] is not ('.' or '_');

    private static IEnumerable<string> Lines(string file)
    {
        using var stream = File.OpenRead(file);
        using var plain = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : (Stream)stream;
        using var reader = new StreamReader(plain, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), detectEncodingFromByteOrderMarks: false);
        var text = reader.ReadToEnd();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOfAny(LineEnds, start);
            yield return text[start..(end < 0 ? text.Length : end)];
            start = end < 0 ? text.Length : end + (text.AsSpan(end).StartsWith("\r\n") ? 2 : 1);
        }
    }
}

/// <summary>A landed line and the members of its object, if it is one.</summary>
/// <param name="IsBlank">Whether the line holds nothing.</param>
/// <param name="Object">The object; null if the line is not one JSON object.</param>
internal sealed record LandedLine(bool IsBlank, JsonElement? Object)
{
    private const long Year2000 = 946_684_800_000;
    private const long Year2090 = 3_786_912_000_000;
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 2_000 };

    public static LandedLine Parse(string line)
    {
        var body = line.TrimStart('\uFEFF').Trim(' ', '\t', '\v', '\f');
        body = body.EndsWith(',') ? body[..^1].TrimEnd(' ', '\t', '\v', '\f') : body;
        if (body is "" or "[" or "]" or "{}")
        {
            return new(true, null);
        }

        try
        {
            using var document = JsonDocument.Parse(body, Options);
            return new(false, document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null);
        }
        catch (JsonException)
        {
            return new(false, null);
        }
    }

    /// <summary>The value of a key, in any case; null if it is absent or given twice.</summary>
    public JsonElement? Value(string key) => Values(key) is [var only] ? only : null;

    public bool IsGivenTwice(params string[] keys) => keys.Any(key => Values(key).Count > 1);

    /// <summary>Whether a key is absent, or its value is null or 0.</summary>
    public bool IsAbsent(string key) => Values(key) is [] or [{ ValueKind: JsonValueKind.Null }] || Whole(key) == 0;

    public string? Text(string key) => Value(key) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public long? Whole(string key) =>
        Number(key) is not { } text ? null
        : long.TryParse(text, out var whole) ? whole
        : double.TryParse(text, out var number) && double.IsInteger(number) && Math.Abs(number) < 1e15 ? (long)number
        : null;

    public long? Time(string key) => Whole(key) is >= Year2000 and <= Year2090 and var time ? time : null;

    public double? Fraction(string key) => Number(key) is { } text && double.TryParse(text, out var number) && double.IsFinite(number) ? number : null;

    /// <summary>The texts of a key, in any case and at any depth.</summary>
    public IReadOnlyList<string?> Everywhere(string key) => Object is { } all ? [.. Search(all, key)] : [];

    private static IEnumerable<string?> Search(JsonElement element, string key) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Search(member.Value, key)
            .Concat(member.Name.Equals(key, StringComparison.OrdinalIgnoreCase) ? [member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString() : null] : [])),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Search(item, key)),
        _ => [],
    };

    private List<JsonElement> Values(string key) =>
        Object is { } all ? [.. all.EnumerateObject().Where(member => member.Name.Equals(key, StringComparison.OrdinalIgnoreCase)).Select(member => member.Value)] : [];

    private string? Number(string key) => Value(key) switch
    {
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        { ValueKind: JsonValueKind.String } text => text.GetString()!.Trim(' ', '\t'),
        _ => null,
    };
}
