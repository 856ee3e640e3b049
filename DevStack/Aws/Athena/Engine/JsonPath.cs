using System.Text;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>A path of <c>json_extract</c> and its relatives, such as <c>$.store.book[0]</c> or <c>$["key"]</c>.</summary>
internal sealed class JsonPath
{
    private readonly byte[][] _segments;

    private JsonPath(byte[] text, List<string> segments)
    {
        Text = text;
        _segments = [.. segments.Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>The path as it was written.</summary>
    public byte[] Text { get; }

    /// <summary>Whether it names the whole document.</summary>
    public bool IsRoot => _segments.Length == 0;

    /// <summary>Reads a path, or returns null if Trino refuses it.</summary>
    public static JsonPath? Parse(ReadOnlySpan<byte> text)
    {
        var path = Encoding.UTF8.GetString(text);
        if (path.Length == 0 || path[0] != '$')
        {
            return null;
        }

        var segments = new List<string>();
        for (var at = 1; at < path.Length;)
        {
            var segment = path[at] == '.' ? Name(path, ref at) : path[at] == '[' ? Subscript(path, ref at) : null;
            if (segment is null)
            {
                return null;
            }

            segments.Add(segment);
        }

        return new JsonPath(text.ToArray(), segments);
    }

    /// <summary>
    /// Finds the place of the value in a document, or returns -1. Like Trino it reads only as far as it must: of two equal keys the
    /// first counts, and what is behind the value may be anything.
    /// </summary>
    public int Find(ReadOnlySpan<byte> json, Utf8Buffer scratch)
    {
        var at = CanonicalJson.BlanksEnd(json, 0);
        foreach (var segment in _segments)
        {
            if (at == json.Length || !Enter(json, ref at, segment, scratch))
            {
                return -1;
            }
        }

        return at < json.Length ? at : -1;
    }

    // Goes to the value of a key or the element of an index.
    private static bool Enter(ReadOnlySpan<byte> json, ref int at, byte[] segment, Utf8Buffer scratch)
    {
        var isObject = json[at] == '{';
        if (!isObject && json[at] != '[')
        {
            return false;
        }

        var index = isObject ? -1 : int.TryParse(segment, out var number) ? number : -1;
        if (!isObject && index < 0)
        {
            return false;
        }

        at++;
        for (var i = 0; ; i++)
        {
            at = CanonicalJson.BlanksEnd(json, at);
            var isFound = i == index;
            if (isObject && !Key(json, ref at, segment, scratch, out isFound))
            {
                return false;
            }

            if (at == json.Length || json[at] == ']')
            {
                return false;
            }

            if (isFound)
            {
                return true;
            }

            scratch.Clear();
            if (!CanonicalJson.TryAppend(json, ref at, scratch, sorts: false))
            {
                return false;
            }

            at = CanonicalJson.BlanksEnd(json, at);
            if (at == json.Length || json[at] != ',')
            {
                return false;
            }

            at++;
        }
    }

    private static bool Key(ReadOnlySpan<byte> json, ref int at, byte[] segment, Utf8Buffer scratch, out bool isFound)
    {
        isFound = false;
        scratch.Clear();
        if (at == json.Length || json[at] != '"' || !CanonicalJson.TryDecode(json, ref at, scratch))
        {
            return false;
        }

        isFound = scratch.Written.SequenceEqual(segment);
        at = CanonicalJson.BlanksEnd(json, at);
        if (at == json.Length || json[at] != ':')
        {
            return false;
        }

        at = CanonicalJson.BlanksEnd(json, at + 1);
        return true;
    }

    private static string? Name(string path, ref int at)
    {
        var start = ++at;
        while (at < path.Length && (char.IsLetterOrDigit(path[at]) || path[at] is '_' or '-' or ':' or '$' or '/' or '@' or '|' or '#'))
        {
            at++;
        }

        return at > start ? path[start..at] : null;
    }

    private static string? Subscript(string path, ref int at)
    {
        at++;
        while (at < path.Length && path[at] == ' ')
        {
            at++;
        }

        var segment = at < path.Length && path[at] == '"' ? Quoted(path, ref at) : Unquoted(path, ref at);
        while (at < path.Length && path[at] == ' ')
        {
            at++;
        }

        if (at == path.Length || path[at] != ']')
        {
            return null;
        }

        at++;
        return segment;
    }

    private static string? Unquoted(string path, ref int at)
    {
        var start = at;
        while (at < path.Length && (char.IsLetterOrDigit(path[at]) || path[at] is '_' or '-'))
        {
            at++;
        }

        return at > start ? path[start..at] : null;
    }

    private static string? Quoted(string path, ref int at)
    {
        var text = new StringBuilder();
        for (at++; at < path.Length; at++)
        {
            if (path[at] == '"')
            {
                at++;
                return text.ToString();
            }

            if (path[at] == '\\' && at + 1 < path.Length && path[at + 1] is '"' or '\\')
            {
                at++;
            }

            text.Append(path[at]);
        }

        return null;
    }
}
