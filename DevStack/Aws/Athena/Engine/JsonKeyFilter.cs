using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>
/// Picks members of one JSON object by their keys in lower case, in one pass. It gives exactly what
/// <c>try(transform_keys(map_filter(CAST(json_parse(line) AS map(varchar, json)), (k, v) -> lower(k) IN (..)), (k, v) -> lower(k)))</c>
/// does: nothing for a text that is not one JSON object, or in which a picked key stands in two spellings. Not thread-safe.
/// </summary>
internal sealed unsafe class JsonKeyFilter
{
    private const int NotPicked = -1, NotPlain = -2;

    // More keys, and longer ones, are looked up in each line.
    private const int MaxRemembered = 64;

    private readonly byte[][] _keys;
    private readonly Utf8Buffer _document = new();
    private readonly Utf8Buffer _scratch = new();
    private readonly Picked[] _picked;

    // The keys of the last line, in quotes as they were spelled, with the number of the picked key or -1.
    private readonly List<(byte[] Quoted, int Key)> _layout = [];
    private bool _isFlat;

    /// <param name="keys">Keys in lower case, of ASCII characters only, a line for each.</param>
    public JsonKeyFilter(byte[] keys)
    {
        Text = keys;
        _keys = [.. Encoding.ASCII.GetString(keys).Split('\n').Select(Encoding.ASCII.GetBytes)];
        _picked = new Picked[_keys.Length];
    }

    /// <summary>The keys as they were given.</summary>
    public byte[] Text { get; }

    /// <summary>The number of members that the last line had.</summary>
    public int Count { get; private set; }

    /// <summary>Picks the members of a line, or returns false if the result is NULL.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Read(ReadOnlySpan<byte> line)
    {
        _scratch.Clear();
        fixed (byte* start = line)
        {
            _isFlat = IsFlat(start, line.Length);
        }

        return _isFlat || ReadAny(line);
    }

    /// <summary>The number of a member's key among the keys.</summary>
    public int Key(int member) => _picked[member].Key;

    public ReadOnlySpan<byte> KeyText(int member) => _keys[_picked[member].Key];

    /// <summary>A member's value, as <see cref="CanonicalJson"/> writes it.</summary>
    public ReadOnlySpan<byte> Value(int member, ReadOnlySpan<byte> line)
    {
        ref var picked = ref _picked[member];
        return (picked.IsConverted ? _scratch.Written : _isFlat ? line : _document.Written).Slice(picked.Start, picked.Length);
    }

    /// <summary>Whether a member's value is text without escapes.</summary>
    public bool IsPlainText(int member) => _picked[member].IsPlainText;

    /// <summary>Orders the members by their keys as they are spelled.</summary>
    public void Sort(ReadOnlySpan<byte> line)
    {
        for (var i = 1; _isFlat && i < Count; i++)
        {
            var picked = _picked[i];
            var key = line.Slice(picked.KeyStart, picked.KeyLength);
            var at = i;
            for (; at > 0 && line.Slice(_picked[at - 1].KeyStart, _picked[at - 1].KeyLength).SequenceCompareTo(key) > 0; at--)
            {
                _picked[at] = _picked[at - 1];
            }

            _picked[at] = picked;
        }
    }

    // Whether the line is an object of plain values without escapes and without a picked key that stands twice.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool IsFlat(byte* start, int length)
    {
        Count = 0;
        var at = start;
        var end = start + length;
        SkipBlanks(ref at, end);
        if (at == end || *at++ != '{')
        {
            return false;
        }

        ulong seen = 0;
        for (var member = 0; ; member++)
        {
            SkipBlanks(ref at, end);
            var keyStart = at;
            var key = ReadKey(ref at, end, member);
            var keyEnd = at;
            SkipBlanks(ref at, end);
            if (key == NotPlain || at == end || *at++ != ':' || (key >= 0 && (seen & (1UL << key)) != 0))
            {
                return false;
            }

            SkipBlanks(ref at, end);
            var value = at;
            var kind = ReadValue(ref at, end);
            if (kind == ValueKind.Other)
            {
                return false;
            }

            if (key >= 0)
            {
                seen |= 1UL << key;
                ref var picked = ref _picked[Count++];
                picked.Key = key;
                picked.KeyStart = (int)(keyStart - start) + 1;
                picked.KeyLength = (int)(keyEnd - keyStart) - 2;
                picked.Start = (int)(value - start);
                picked.Length = (int)(at - value);
                picked.IsPlainText = kind == ValueKind.PlainText;
                picked.IsConverted = kind == ValueKind.Number;
                if (kind == ValueKind.Number)
                {
                    Convert(ref picked, new ReadOnlySpan<byte>(value, picked.Length));
                }
            }

            SkipBlanks(ref at, end);
            if (at == end)
            {
                return false;
            }

            var separator = *at++;
            if (separator == '}')
            {
                SkipBlanks(ref at, end);
                return at == end;
            }

            if (separator != ',')
            {
                return false;
            }
        }
    }

    private void Convert(ref Picked picked, ReadOnlySpan<byte> number)
    {
        CanonicalJson.NumberLength(number, out var isWhole);
        picked.Start = _scratch.Length;
        CanonicalJson.AppendNumber(number, isWhole, _scratch);
        picked.Length = _scratch.Length - picked.Start;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int ReadKey(ref byte* at, byte* end, int member)
    {
        // Lines usually have the same keys in the same order.
        if (member < _layout.Count && _layout[member] is var expected && expected.Quoted.Length <= end - at && new ReadOnlySpan<byte>(at, expected.Quoted.Length).SequenceEqual(expected.Quoted))
        {
            at += expected.Quoted.Length;
            return expected.Key;
        }

        return FindKey(ref at, end, member);
    }

    private int FindKey(ref byte* at, byte* end, int member)
    {
        var start = at;
        if (at == end || *at != '"' || !SkipPlainText(ref at, end))
        {
            return NotPlain;
        }

        var text = new ReadOnlySpan<byte>(start + 1, (int)(at - start) - 2);
        if (!Ascii.IsValid(text))
        {
            return NotPlain; // Some letters that are not ASCII have an ASCII letter as lower case.
        }

        var key = Find(text);
        if (member <= _layout.Count && member < MaxRemembered && text.Length < MaxRemembered)
        {
            _layout.RemoveRange(member, _layout.Count - member);
            _layout.Add((new ReadOnlySpan<byte>(start, text.Length + 2).ToArray(), key));
        }

        return key;
    }

    private int Find(ReadOnlySpan<byte> text)
    {
        for (var i = 0; i < _keys.Length; i++)
        {
            if (Ascii.EqualsIgnoreCase(text, _keys[i]))
            {
                return i;
            }
        }

        return NotPicked;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ValueKind ReadValue(ref byte* at, byte* end)
    {
        if (at == end)
        {
            return ValueKind.Other;
        }

        switch (*at)
        {
            case (byte)'"':
                return SkipPlainText(ref at, end) ? ValueKind.PlainText : ValueKind.Other;
            case (byte)'t':
                return SkipWord(ref at, end, "true"u8);
            case (byte)'n':
                return SkipWord(ref at, end, "null"u8);
            case (byte)'f':
                return SkipWord(ref at, end, "false"u8);
            default:
                return SkipNumber(ref at, end);
        }
    }

    private static ValueKind SkipWord(ref byte* at, byte* end, ReadOnlySpan<byte> word)
    {
        if (!new ReadOnlySpan<byte>(at, (int)(end - at)).StartsWith(word))
        {
            return ValueKind.Other;
        }

        at += word.Length;
        return ValueKind.Canonical;
    }

    // From a quote to behind the next one, if there is neither an escape nor a control character between.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool SkipPlainText(ref byte* at, byte* end)
    {
        at++;
        while (end - at >= Vector128<byte>.Count)
        {
            var bytes = Vector128.Load(at);
            var stops = (Vector128.Equals(bytes, Vector128.Create((byte)'"')) | Vector128.Equals(bytes, Vector128.Create((byte)'\\')) | Vector128.LessThan(bytes, Vector128.Create((byte)0x20))).ExtractMostSignificantBits();
            if (stops != 0)
            {
                at += BitOperations.TrailingZeroCount(stops);
                return *at++ == '"';
            }

            at += Vector128<byte>.Count;
        }

        for (; at != end; at++)
        {
            if (*at is (byte)'"' or (byte)'\\' or < 0x20)
            {
                return *at++ == '"';
            }
        }

        return false;
    }

    private static ValueKind SkipNumber(ref byte* at, byte* end)
    {
        var rest = new ReadOnlySpan<byte>(at, (int)(end - at));
        var length = CanonicalJson.NumberLength(rest, out var isWhole);
        if (length == 0)
        {
            return ValueKind.Other;
        }

        at += length;
        var number = rest[..length];
        return (isWhole ? number.SequenceEqual("-0"u8) : !CanonicalJson.IsCanonicalFraction(number)) ? ValueKind.Number : ValueKind.Canonical;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SkipBlanks(ref byte* at, byte* end)
    {
        while (at != end && *at <= ' ' && *at is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r')
        {
            at++;
        }
    }

    // Any other line.
    private bool ReadAny(ReadOnlySpan<byte> line)
    {
        Count = 0;
        if (!CanonicalJson.TryWrite(line, _document) || _document.Written[0] != '{')
        {
            return false;
        }

        ulong seen = 0;
        foreach (var member in new JsonMembers(_document.Written))
        {
            var key = FindAny(member.Key(_scratch));
            if (key < 0)
            {
                continue;
            }

            if ((seen & (1UL << key)) != 0)
            {
                return false;
            }

            seen |= 1UL << key;
            _picked[Count++] = new Picked
            {
                Key = key,
                Start = member.Start,
                Length = member.Value.Length,
                IsPlainText = member.Value[0] == '"' && !member.Value.Contains((byte)'\\'),
            };
        }

        return true;
    }

    private int FindAny(ReadOnlySpan<byte> key)
    {
        if (Ascii.IsValid(key))
        {
            return Find(key);
        }

        // The Kelvin sign and the capital I with a dot are the only ones with an ASCII letter as lower case.
        var text = Encoding.UTF8.GetString(key).Replace('\u212A', 'k').Replace('\u0130', 'i');
        return Ascii.IsValid(text) ? Find(Encoding.ASCII.GetBytes(text)) : NotPicked;
    }

    private enum ValueKind
    {
        /// <summary>An array, an object, text with escapes, or no JSON.</summary>
        Other,
        PlainText,

        /// <summary>A value that is its own canonical text.</summary>
        Canonical,

        /// <summary>A number that Trino writes differently.</summary>
        Number,
    }

    private struct Picked
    {
        public int Key;
        public int Start;
        public int Length;
        public int KeyStart;
        public int KeyLength;
        public bool IsConverted;
        public bool IsPlainText;
    }
}
