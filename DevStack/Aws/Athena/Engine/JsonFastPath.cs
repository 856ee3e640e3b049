using System.Buffers;
using System.Text.Unicode;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>
/// Recognises files that DuckDB's own JSON reader reads as Athena does: every line is a flat object of known keys, each at most
/// once, with values as <see cref="JsonFastPathValue"/> requires. That reader is several times faster than following the SerDe's
/// rules line by line, and checking every byte is cheap in comparison.
/// </summary>
/// <param name="keys">The allowed keys in their exact spelling, with their values.</param>
internal sealed class JsonFastPath(IReadOnlyDictionary<string, JsonFastPathValue> keys)
{
    private const int ChunkBytes = 1 << 20;

    // One bit of a ulong per key.
    private const int MaxKeys = 64;

    private static readonly SearchValues<byte> EndsText = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(b => (byte)b), (byte)'"', (byte)'\\']);

    private readonly (byte[] Quoted, JsonFastPathValue Value)[] _members = [.. keys.Select(k => (System.Text.Encoding.UTF8.GetBytes($"\"{k.Key}\""), k.Value))];

    /// <summary>Whether all lines can be read on the fast path. Stops at the first one that cannot.</summary>
    public bool IsEligible(string path)
    {
        if (_members.Length > MaxKeys)
        {
            return false;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
            long position = 0;
            var kept = 0;
            while (true)
            {
                var read = RandomAccess.Read(file, buffer.AsSpan(kept), position);
                position += read;
                var text = buffer.AsSpan(0, kept + read);
                var end = read == 0 ? text.Length : text.LastIndexOf((byte)'\n') + 1;
                if (!Utf8.IsValid(text[..end]) || !AreLines(text[..end]))
                {
                    return false;
                }

                if (read == 0)
                {
                    return true;
                }

                if (end == 0 && text.Length == buffer.Length)
                {
                    return false; // A line this long is not read on the fast path.
                }

                text[end..].CopyTo(buffer);
                kept = text.Length - end;
            }
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private bool AreLines(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            if (!IsObject(ref text))
            {
                return false;
            }

            Skip(ref text, (byte)'\r');
            if (!text.IsEmpty && !Skip(ref text, (byte)'\n'))
            {
                return false;
            }
        }
        return true;
    }

    private bool IsObject(ref ReadOnlySpan<byte> text)
    {
        if (!Skip(ref text, (byte)'{'))
        {
            return false;
        }

        ulong seen = 0;
        // Lines of a file usually have their keys in the same order, so the next key is tried first.
        for (var expected = 0; ; expected++)
        {
            var member = Member(text, expected);
            if (member < 0 || (seen & (1UL << member)) != 0)
            {
                return false;
            }

            seen |= 1UL << member;
            expected = member;
            text = text[_members[member].Quoted.Length..];
            Skip(ref text, (byte)' ');
            if (!Skip(ref text, (byte)':'))
            {
                return false;
            }

            Skip(ref text, (byte)' ');
            if (!IsValue(ref text, _members[member].Value))
            {
                return false;
            }

            if (Skip(ref text, (byte)'}'))
            {
                return true;
            }

            if (!Skip(ref text, (byte)','))
            {
                return false;
            }

            Skip(ref text, (byte)' ');
        }
    }

    private int Member(ReadOnlySpan<byte> text, int expected)
    {
        for (var i = 0; i < _members.Length; i++)
        {
            var member = (expected + i) % _members.Length;
            if (text.StartsWith(_members[member].Quoted))
            {
                return member;
            }
        }
        return -1;
    }

    private static bool IsValue(ref ReadOnlySpan<byte> text, JsonFastPathValue expected)
    {
        if (text.StartsWith("null"u8))
        {
            text = text[4..];
            return true;
        }
        return text is [(byte)'"', ..]
            ? expected is JsonFastPathValue.Any or JsonFastPathValue.Text && IsText(ref text)
            : expected is not JsonFastPathValue.Text && IsNumber(ref text, expected);
    }

    private static bool IsText(ref ReadOnlySpan<byte> text)
    {
        text = text[1..];
        var end = text.IndexOfAny(EndsText);
        if (end < 0 || text[end] != '"')
        {
            return false;
        }

        text = text[(end + 1)..];
        return true;
    }

    // Minus zero is excluded where whole numbers are expected, because DuckDB and Athena read it differently.
    private static bool IsNumber(ref ReadOnlySpan<byte> text, JsonFastPathValue expected)
    {
        var isNegative = Skip(ref text, (byte)'-');
        var whole = Digits(ref text);
        var isZero = whole is [(byte)'0'];
        if (whole.IsEmpty || (whole[0] == '0' && !isZero))
        {
            return false;
        }

        if (Skip(ref text, (byte)'.'))
        {
            var fraction = Digits(ref text);
            return expected is JsonFastPathValue.Any or JsonFastPathValue.Double && fraction.Length is > 0 and <= 15 && whole.Length <= 15 && !IsNumeric(text);
        }
        return !(isZero && isNegative && expected is not (JsonFastPathValue.Any or JsonFastPathValue.Double)) && whole.Length <= (expected == JsonFastPathValue.Integer ? 9 : 15) && !IsNumeric(text);
    }

    private static bool IsNumeric(ReadOnlySpan<byte> rest) => rest is [(byte)'e' or (byte)'E' or (byte)'.', ..];

    private static ReadOnlySpan<byte> Digits(ref ReadOnlySpan<byte> text)
    {
        var length = 0;
        while (length < text.Length && char.IsAsciiDigit((char)text[length]))
        {
            length++;
        }

        var digits = text[..length];
        text = text[length..];
        return digits;
    }

    private static bool Skip(ref ReadOnlySpan<byte> text, byte expected)
    {
        if (text.IsEmpty || text[0] != expected)
        {
            return false;
        }

        text = text[1..];
        return true;
    }
}

/// <summary>The values of a key that DuckDB's own JSON reader reads as Athena does.</summary>
internal enum JsonFastPathValue
{
    /// <summary>The query does not read the key: any text, number or null.</summary>
    Any,

    /// <summary>Text without an escape, or null.</summary>
    Text,

    /// <summary>So few digits that any value fits an integer column, or null.</summary>
    Integer,

    /// <summary>So few digits that any value fits a bigint column, or null.</summary>
    BigInt,

    /// <summary>Digits with or without a fraction and without an exponent, or null.</summary>
    Double,
}
