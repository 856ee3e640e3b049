using System.Buffers;
using System.Text;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>
/// Picks members of one JSON object by their keys in lower case, in one pass. It gives exactly what
/// <c>try(transform_keys(map_filter(CAST(json_parse(line) AS map(varchar, json)), (k, v) -> lower(k) IN (..)), (k, v) -> lower(k)))</c>
/// does, which is NULL for anything but one JSON object in which no picked key stands in two spellings. Not thread-safe.
/// </summary>
internal sealed class JsonKeyFilter
{
    private const int NotPicked = -1, NotPlain = -2;
    private const int MaxLayout = 64;
    private static readonly SearchValues<byte> EndsPlainText = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(b => (byte)b), (byte)'"', (byte)'\\']);

    private readonly byte[][] _keys;
    private readonly Utf8Buffer _document = new();
    private readonly Utf8Buffer _scratch = new();
    private readonly Picked[] _picked;

    // The keys of the last line, in quotes as they were spelled, with the number of the picked key or -1.
    private readonly List<(byte[] Quoted, int Key)> _layout = [];
    private int _count;

    /// <param name="keys">Keys in lower case, of ASCII characters only.</param>
    public JsonKeyFilter(byte[] keys)
    {
        Text = keys;
        _keys = [.. Encoding.ASCII.GetString(keys).Split('\n').Select(Encoding.ASCII.GetBytes)];
        _picked = new Picked[_keys.Length];
    }

    /// <summary>The keys as they were given: a line for each.</summary>
    public byte[] Text { get; }

    /// <summary>Adds the entries of one line to the result, or makes its row NULL.</summary>
    public void Write(ReadOnlySpan<byte> line, ref JsonMapResult result, int row)
    {
        _scratch.Clear();
        if (!IsFlat(line))
        {
            if (!Read(line, ref result))
            {
                result.WriteNull(row);
                return;
            }

            result.EndRow(row);
            return;
        }

        for (var i = 0; i < _count; i++)
        {
            ref var picked = ref _picked[i];
            result.Add(_keys[picked.Key], (picked.IsConverted ? _scratch.Written : line).Slice(picked.Start, picked.Length));
        }

        result.EndRow(row);
    }

    // Whether the line is an object of plain values without escapes and without a picked key that stands twice. It then has found
    // the picked values, in the order of their keys as they are spelled.
    private bool IsFlat(ReadOnlySpan<byte> line)
    {
        _count = 0;
        var at = CanonicalJson.BlanksEnd(line, 0);
        if (at == line.Length || line[at] != '{')
        {
            return false;
        }

        at = SkipBlanks(line, at + 1);
        ulong seen = 0;
        for (var member = 0; ; member++)
        {
            var key = Key(line, ref at, member, out var keyStart, out var keyLength);
            at = key == NotPlain ? at : SkipBlanks(line, at);
            if (key == NotPlain || at >= line.Length || line[at] != ':' || (key >= 0 && (seen & (1UL << key)) != 0))
            {
                return false;
            }

            at = SkipBlanks(line, at + 1);
            var value = new Picked { Key = key, Start = at, KeyStart = keyStart, KeyLength = keyLength };
            if (!Value(line, ref at, ref value, key >= 0))
            {
                return false;
            }

            if (key >= 0)
            {
                seen |= 1UL << key;
                Insert(line, value);
            }

            at = SkipBlanks(line, at);
            if (at >= line.Length)
            {
                return false;
            }

            if (line[at] == '}')
            {
                return CanonicalJson.BlanksEnd(line, at + 1) == line.Length;
            }

            if (line[at] != ',')
            {
                return false;
            }

            at = SkipBlanks(line, at + 1);
        }
    }

    private int Key(ReadOnlySpan<byte> line, ref int at, int member, out int start, out int length)
    {
        start = at;
        // Lines usually have the same keys in the same order.
        if (member < _layout.Count && _layout[member] is var expected && line[at..].StartsWith(expected.Quoted))
        {
            length = expected.Quoted.Length;
            at += length;
            return expected.Key;
        }

        length = 0;
        if (at >= line.Length || line[at] != '"')
        {
            return NotPlain;
        }

        var end = line[(at + 1)..].IndexOfAny(EndsPlainText);
        if (end < 0 || line[at + 1 + end] != '"')
        {
            return NotPlain;
        }

        var text = line.Slice(at + 1, end);
        if (!Ascii.IsValid(text))
        {
            return NotPlain; // Some letters that are not ASCII have an ASCII letter as lower case.
        }

        length = end + 2;
        at += length;
        var key = NotPicked;
        for (var i = 0; i < _keys.Length && key < 0; i++)
        {
            key = Ascii.EqualsIgnoreCase(text, _keys[i]) ? i : NotPicked;
        }

        if (member <= _layout.Count && member < MaxLayout && length <= MaxLayout)
        {
            _layout.RemoveRange(member, _layout.Count - member);
            _layout.Add((line.Slice(start, length).ToArray(), key));
        }

        return key;
    }

    private bool Value(ReadOnlySpan<byte> line, ref int at, ref Picked value, bool isPicked)
    {
        if (at >= line.Length)
        {
            return false;
        }

        var rest = line[at..];
        switch (rest[0])
        {
            case (byte)'"':
                var end = rest[1..].IndexOfAny(EndsPlainText);
                if (end < 0 || rest[end + 1] != '"')
                {
                    return false;
                }

                value.Length = end + 2;
                break;
            case (byte)'t' when rest.StartsWith("true"u8):
            case (byte)'n' when rest.StartsWith("null"u8):
                value.Length = 4;
                break;
            case (byte)'f' when rest.StartsWith("false"u8):
                value.Length = 5;
                break;
            default:
                var length = CanonicalJson.NumberLength(rest, out var isWhole);
                if (length == 0)
                {
                    return false;
                }

                var number = rest[..length];
                value.Length = length;
                if (isPicked && (isWhole ? number.SequenceEqual("-0"u8) : !CanonicalJson.IsCanonicalFraction(number)))
                {
                    value.IsConverted = true;
                    value.Start = _scratch.Length;
                    CanonicalJson.AppendNumber(number, isWhole, _scratch);
                    value.Length = _scratch.Length - value.Start;
                }

                at += length;
                return true;
        }

        at += value.Length;
        return true;
    }

    private void Insert(ReadOnlySpan<byte> line, Picked value)
    {
        var i = _count++;
        var key = line.Slice(value.KeyStart + 1, value.KeyLength - 2);
        while (i > 0 && line.Slice(_picked[i - 1].KeyStart + 1, _picked[i - 1].KeyLength - 2).SequenceCompareTo(key) > 0)
        {
            _picked[i] = _picked[i - 1];
            i--;
        }

        _picked[i] = value;
    }

    // Any other line.
    private bool Read(ReadOnlySpan<byte> line, ref JsonMapResult result)
    {
        if (!CanonicalJson.TryWrite(line, _document) || _document.Written[0] != '{')
        {
            return false;
        }

        ulong seen = 0;
        foreach (var member in new JsonMembers(_document.Written))
        {
            var key = Picks(member.Key(_scratch));
            if (key < 0)
            {
                continue;
            }

            if ((seen & (1UL << key)) != 0)
            {
                return false;
            }

            seen |= 1UL << key;
            result.Add(_keys[key], member.Value);
        }

        return true;
    }

    private int Picks(ReadOnlySpan<byte> key)
    {
        if (!Ascii.IsValid(key))
        {
            // The Kelvin sign and the capital I with a dot.
            var text = Encoding.UTF8.GetString(key).Replace('\u212A', 'k').Replace('\u0130', 'i');
            key = Encoding.UTF8.GetBytes(text);
        }

        for (var i = 0; i < _keys.Length; i++)
        {
            if (Ascii.IsValid(key) && Ascii.EqualsIgnoreCase(key, _keys[i]))
            {
                return i;
            }
        }

        return NotPicked;
    }

    private static int SkipBlanks(ReadOnlySpan<byte> line, int at) =>
        at < line.Length && line[at] <= ' ' ? CanonicalJson.BlanksEnd(line, at) : at;

    private struct Picked
    {
        public int Key;
        public int Start;
        public int Length;
        public int KeyStart;
        public int KeyLength;
        public bool IsConverted;
    }
}
