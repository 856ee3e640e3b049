namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>Enumerates the members of an object, or the elements of an array, in text that <see cref="CanonicalJson"/> wrote.</summary>
internal ref struct JsonMembers(ReadOnlySpan<byte> json)
{
    private readonly ReadOnlySpan<byte> _json = json;
    private int _at = 1;

    public JsonMemberText Current { get; private set; }

    public static long Count(ReadOnlySpan<byte> json)
    {
        var count = 0L;
        foreach (var _ in new JsonMembers(json))
        {
            count++;
        }

        return count;
    }

    public readonly JsonMembers GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_json[_at] is (byte)'}' or (byte)']')
        {
            return false;
        }

        var key = ReadOnlySpan<byte>.Empty;
        if (_json[0] == '{')
        {
            var keyEnd = TextEnd(_at);
            key = _json[_at..keyEnd];
            _at = keyEnd + 1;
        }

        var end = ValueEnd(_at);
        Current = new JsonMemberText(key, _json[_at..end], _at);
        _at = _json[end] == ',' ? end + 1 : end;
        return true;
    }

    private readonly int ValueEnd(int at)
    {
        var depth = 0;
        while (true)
        {
            switch (_json[at])
            {
                case (byte)'"':
                    at = TextEnd(at);
                    break;
                case (byte)'{' or (byte)'[':
                    depth++;
                    at++;
                    break;
                case (byte)'}' or (byte)']':
                    if (depth == 0)
                    {
                        return at;
                    }

                    depth--;
                    at++;
                    break;
                case (byte)',' when depth == 0:
                    return at;
                default:
                    at++;
                    break;
            }
        }
    }

    private readonly int TextEnd(int at)
    {
        at++;
        while (true)
        {
            at += _json[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (_json[at] == '"')
            {
                return at + 1;
            }

            at += 2;
        }
    }
}

/// <summary>A member's key in quotes, empty for an element of an array, and the text of its value.</summary>
internal readonly ref struct JsonMemberText(ReadOnlySpan<byte> quotedKey, ReadOnlySpan<byte> value, int start)
{
    private readonly ReadOnlySpan<byte> _quotedKey = quotedKey;

    public ReadOnlySpan<byte> Value { get; } = value;

    /// <summary>Where the value begins in the text.</summary>
    public int Start { get; } = start;

    /// <summary>The key without quotes and escapes. It may be in the buffer.</summary>
    public ReadOnlySpan<byte> Key(Utf8Buffer buffer)
    {
        if (!_quotedKey.Contains((byte)'\\'))
        {
            return _quotedKey[1..^1];
        }

        buffer.Clear();
        var at = 0;
        CanonicalJson.TryDecode(_quotedKey, ref at, buffer);
        return buffer.Written;
    }
}
