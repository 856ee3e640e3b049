using System.Buffers;
using System.Globalization;
using System.Text;
using Stedi.DevStack.Aws.Athena.Results;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>
/// Reads JSON as strictly as Trino does and writes Trino's text of it: no blanks, whole numbers as digits, other numbers as Java's
/// doubles, escapes decoded, a lone surrogate as <c>?</c>. With sorted keys it is the text of <c>json_parse</c>, where the last of
/// two equal keys wins; without, it is that of <c>json_extract</c>.
/// </summary>
internal ref struct CanonicalJson
{
    /// <summary>Trino's JSON writer refuses values that are nested more deeply.</summary>
    public const int MaxDepth = 1000;

    private static readonly SearchValues<byte> EndsPlainText = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(b => (byte)b), (byte)'"', (byte)'\\']);

    private readonly ReadOnlySpan<byte> _json;
    private readonly Utf8Buffer _output;
    private readonly bool _sorts;
    private int _at;
    private int _depth;

    private CanonicalJson(ReadOnlySpan<byte> json, Utf8Buffer output, bool sorts, int at = 0)
    {
        _json = json;
        _output = output;
        _sorts = sorts;
        _at = at;
    }

    /// <summary>Replaces the buffer by the text of the one value in <paramref name="json"/>, or returns false if that is not JSON.</summary>
    public static bool TryWrite(ReadOnlySpan<byte> json, Utf8Buffer output)
    {
        output.Clear();
        var reader = new CanonicalJson(json, output, sorts: true);
        reader.SkipBlanks();
        if (!reader.Value())
        {
            return false;
        }

        reader.SkipBlanks();
        return reader._at == json.Length;
    }

    /// <summary>Appends the text of the value that begins at <paramref name="at"/>, which becomes the place behind it.</summary>
    public static bool TryAppend(ReadOnlySpan<byte> json, ref int at, Utf8Buffer output, bool sorts)
    {
        var reader = new CanonicalJson(json, output, sorts, at);
        var isValue = reader.Value();
        at = reader._at;
        return isValue;
    }

    /// <summary>Appends the decoded text between quotes that begins at <paramref name="at"/>, the place of the first quote.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> json, ref int at, Utf8Buffer output)
    {
        var reader = new CanonicalJson(json, output, sorts: false, at);
        var isText = reader.Text(isEscaped: false);
        at = reader._at;
        return isText;
    }

    /// <summary>Appends text in quotes, with escapes.</summary>
    public static void AppendText(ReadOnlySpan<byte> text, Utf8Buffer output)
    {
        var writer = new CanonicalJson(text, output, sorts: false);
        output.Append((byte)'"');
        while (text.IndexOfAny(EndsPlainText) is var plain and >= 0)
        {
            output.Append(text[..plain]);
            writer.AppendEscaped(text[plain]);
            text = text[(plain + 1)..];
        }

        output.Append(text);
        output.Append((byte)'"');
    }

    public static int BlanksEnd(ReadOnlySpan<byte> json, int at)
    {
        while (at < json.Length && json[at] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r')
        {
            at++;
        }

        return at;
    }

    /// <summary>The length of the number at the beginning, or 0 if it is not one.</summary>
    /// <param name="text">A text that begins with a digit or a minus sign.</param>
    /// <param name="isWhole">Whether it has neither a fraction nor an exponent.</param>
    public static int NumberLength(ReadOnlySpan<byte> text, out bool isWhole)
    {
        isWhole = true;
        var at = text.Length > 0 && text[0] == '-' ? 1 : 0;
        var whole = Digits(text, at);
        if (whole == at || (text[at] == '0' && whole > at + 1))
        {
            return 0;
        }

        at = whole;
        if (at < text.Length && text[at] == '.')
        {
            isWhole = false;
            var fraction = Digits(text, at + 1);
            if (fraction == at + 1)
            {
                return 0;
            }

            at = fraction;
        }

        if (at < text.Length && (text[at] | 0x20) == 'e')
        {
            isWhole = false;
            at++;
            if (at < text.Length && text[at] is (byte)'+' or (byte)'-')
            {
                at++;
            }

            var exponent = Digits(text, at);
            if (exponent == at)
            {
                return 0;
            }

            at = exponent;
        }

        return at;
    }

    /// <summary>Appends a number as Trino prints it.</summary>
    public static void AppendNumber(ReadOnlySpan<byte> number, bool isWhole, Utf8Buffer output)
    {
        if (isWhole)
        {
            output.Append(number.SequenceEqual("-0"u8) ? "0"u8 : number);
            return;
        }

        if (IsCanonicalFraction(number))
        {
            output.Append(number);
            return;
        }

        var value = double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture);
        var text = JavaDouble.ToText(value);
        // Trino's writer puts quotes around numbers that JSON lacks.
        output.Append(double.IsFinite(value) ? text : $"\"{text}\"");
    }

    /// <summary>Whether a number with a fraction is surely written as Java would write it: up to 15 digits, no exponent, no zeros at the end.</summary>
    public static bool IsCanonicalFraction(ReadOnlySpan<byte> number)
    {
        var digits = number[0] == '-' ? number[1..] : number;
        var point = digits.IndexOf((byte)'.');
        if (point is < 1 or > 7 || digits.Length > 16)
        {
            return false;
        }

        var fraction = digits[(point + 1)..];
        if (fraction.ContainsAny((byte)'e', (byte)'E') || (fraction[^1] == '0' && fraction.Length > 1))
        {
            return false;
        }

        return digits[0] != '0' || fraction.Length == 1 || fraction[..Math.Min(3, fraction.Length)].ContainsAnyExcept((byte)'0');
    }

    private static int Digits(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && text[at] is >= (byte)'0' and <= (byte)'9')
        {
            at++;
        }

        return at;
    }

    private void SkipBlanks() => _at = BlanksEnd(_json, _at);

    private bool Value()
    {
        if (_at == _json.Length)
        {
            return false;
        }

        switch (_json[_at])
        {
            case (byte)'{':
                return Nested(isObject: true);
            case (byte)'[':
                return Nested(isObject: false);
            case (byte)'"':
                return Text(isEscaped: true);
            case (byte)'t':
                return Word("true"u8);
            case (byte)'f':
                return Word("false"u8);
            case (byte)'n':
                return Word("null"u8);
            default:
                return Number();
        }
    }

    private bool Nested(bool isObject)
    {
        if (_depth++ == MaxDepth)
        {
            return false;
        }

        var isRead = isObject ? Object() : Array();
        _depth--;
        return isRead;
    }

    private bool Array()
    {
        _at++;
        _output.Append((byte)'[');
        SkipBlanks();
        for (var first = true; _at < _json.Length; first = false)
        {
            if (first && _json[_at] == ']')
            {
                break;
            }

            if (!Value())
            {
                return false;
            }

            SkipBlanks();
            if (_at == _json.Length || _json[_at] != ',')
            {
                break;
            }

            _output.Append((byte)',');
            _at++;
            SkipBlanks();
        }

        return Close((byte)']');
    }

    private bool Object()
    {
        _at++;
        var start = _output.Length;
        var firstMember = _output.Members.Count;
        var isSorted = true;
        _output.Append((byte)'{');
        SkipBlanks();
        for (var first = true; _at < _json.Length; first = false)
        {
            if (first && _json[_at] == '}')
            {
                break;
            }

            var keyStart = _output.Length;
            if (_json[_at] != '"' || !Text(isEscaped: true))
            {
                return false;
            }

            var key = new JsonMember(keyStart, _output.Length, 0);
            _output.Append((byte)':');
            SkipBlanks();
            if (_at == _json.Length || _json[_at] != ':')
            {
                return false;
            }

            _at++;
            SkipBlanks();
            if (!Value())
            {
                return false;
            }

            if (_sorts)
            {
                isSorted &= first || Compare(_output.Members[^1], key) < 0;
                _output.Members.Add(key with { End = _output.Length });
            }

            SkipBlanks();
            if (_at == _json.Length || _json[_at] != ',')
            {
                break;
            }

            _output.Append((byte)',');
            _at++;
            SkipBlanks();
            if (_at == _json.Length)
            {
                return false;
            }
        }

        if (!isSorted)
        {
            Sort(start, firstMember);
        }

        _output.Members.RemoveRange(firstMember, _output.Members.Count - firstMember);
        return Close((byte)'}');
    }

    private bool Close(byte bracket)
    {
        if (_at == _json.Length || _json[_at] != bracket)
        {
            return false;
        }

        _output.Append(bracket);
        _at++;
        return true;
    }

    private readonly void Sort(int start, int firstMember)
    {
        var output = _output;
        var members = output.Members.Skip(firstMember).Select((member, i) => (Member: member, Index: i)).ToList();
        var text = output.ToArray(start);
        members.Sort((a, b) => Compare(output.Written, a.Member, b.Member) is var order and not 0 ? order : a.Index.CompareTo(b.Index));
        output.Truncate(start + 1);
        for (var i = 0; i < members.Count; i++)
        {
            var member = members[i].Member;
            var key = text.AsSpan(member.Start - start, member.KeyEnd - member.Start);
            if (i + 1 < members.Count && members[i + 1].Member is var next && key.SequenceEqual(text.AsSpan(next.Start - start, next.KeyEnd - next.Start)))
            {
                continue;
            }

            if (output.Length > start + 1)
            {
                output.Append((byte)',');
            }

            output.Append(text.AsSpan(member.Start - start, member.End - member.Start));
        }
    }

    private readonly int Compare(JsonMember a, JsonMember b) => Compare(_output.Written, a, b);

    private static int Compare(ReadOnlySpan<byte> text, JsonMember a, JsonMember b) =>
        CompareKeys(text[(a.Start + 1)..(a.KeyEnd - 1)], text[(b.Start + 1)..(b.KeyEnd - 1)]);

    // Java compares UTF-16 units, and decoded keys.
    private static int CompareKeys(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        if (a.Contains((byte)'\\') || b.Contains((byte)'\\'))
        {
            return string.CompareOrdinal(Decoded(a), Decoded(b));
        }

        var common = a.CommonPrefixLength(b);
        if (common == a.Length || common == b.Length)
        {
            return a.Length.CompareTo(b.Length);
        }

        var (x, y) = (a[common], b[common]);
        // Four-byte characters are surrogates in UTF-16, which come before U+E000.
        return (x >= 0xF0) != (y >= 0xF0) && x >= 0xEE && y >= 0xEE ? y.CompareTo(x) : x.CompareTo(y);
    }

    private static string Decoded(ReadOnlySpan<byte> key)
    {
        var buffer = new Utf8Buffer();
        var at = 0;
        byte[] quoted = [(byte)'"', .. key, (byte)'"'];
        TryDecode(quoted, ref at, buffer);
        return Encoding.UTF8.GetString(buffer.Written);
    }

    private bool Word(ReadOnlySpan<byte> word)
    {
        if (!_json[_at..].StartsWith(word))
        {
            return false;
        }

        _at += word.Length;
        _output.Append(word);
        return true;
    }

    private bool Number()
    {
        var rest = _json[_at..];
        var length = NumberLength(rest, out var isWhole);
        if (length == 0)
        {
            return false;
        }

        _at += length;
        AppendNumber(rest[..length], isWhole, _output);
        return true;
    }

    // Reads text in quotes, and writes it in quotes and escaped, or decoded.
    private bool Text(bool isEscaped)
    {
        if (isEscaped)
        {
            _output.Append((byte)'"');
        }

        _at++;
        while (true)
        {
            var rest = _json[_at..];
            var plain = rest.IndexOfAny(EndsPlainText);
            if (plain < 0)
            {
                return false;
            }

            _output.Append(rest[..plain]);
            _at += plain + 1;
            switch (rest[plain])
            {
                case (byte)'"':
                    if (isEscaped)
                    {
                        _output.Append((byte)'"');
                    }

                    return true;
                case (byte)'\\' when Escape(isEscaped):
                    break;
                default:
                    return false;
            }
        }
    }

    private bool Escape(bool isEscaped)
    {
        if (_at == _json.Length)
        {
            return false;
        }

        var letter = _json[_at++];
        var code = letter switch
        {
            (byte)'"' or (byte)'\\' or (byte)'/' => letter,
            (byte)'b' => '\b',
            (byte)'f' => '\f',
            (byte)'n' => '\n',
            (byte)'r' => '\r',
            (byte)'t' => '\t',
            (byte)'u' => Unit(_at),
            _ => -1,
        };
        if (code < 0)
        {
            return false;
        }

        if (letter == 'u')
        {
            _at += 4;
            if (char.IsHighSurrogate((char)code) && _json[_at..].StartsWith("\\u"u8) && Unit(_at + 2) is var low and >= 0xDC00 and <= 0xDFFF)
            {
                code = char.ConvertToUtf32((char)code, (char)low);
                _at += 6;
            }
        }

        if (isEscaped)
        {
            AppendEscaped(code);
        }
        else
        {
            AppendCharacter(code);
        }

        return true;
    }

    private readonly int Unit(int at)
    {
        if (at + 4 > _json.Length)
        {
            return -1;
        }

        var unit = 0;
        foreach (var digit in _json.Slice(at, 4))
        {
            if (!char.IsAsciiHexDigit((char)digit))
            {
                return -1;
            }

            unit = (unit << 4) | (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }

        return unit;
    }

    private readonly void AppendEscaped(int code)
    {
        switch (code)
        {
            case '"':
                _output.Append("\\\""u8);
                break;
            case '\\':
                _output.Append("\\\\"u8);
                break;
            case '\b':
                _output.Append("\\b"u8);
                break;
            case '\f':
                _output.Append("\\f"u8);
                break;
            case '\n':
                _output.Append("\\n"u8);
                break;
            case '\r':
                _output.Append("\\r"u8);
                break;
            case '\t':
                _output.Append("\\t"u8);
                break;
            case < 0x20:
                _output.Append($"\\u{code:X4}");
                break;
            default:
                AppendCharacter(code);
                break;
        }
    }

    private readonly void AppendCharacter(int code)
    {
        Span<byte> bytes = stackalloc byte[4];
        var length = Rune.TryCreate(code, out var rune) ? rune.EncodeToUtf8(bytes) : 0;
        _output.Append(length == 0 ? "?"u8 : bytes[..length]);
    }
}

/// <summary>Where a member of an object is in the written text: its key with quotes, then a colon and its value.</summary>
internal readonly record struct JsonMember(int Start, int KeyEnd, int End);
