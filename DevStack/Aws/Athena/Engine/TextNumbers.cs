using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>Reads text as numbers by Java's rules, as Trino's casts do.</summary>
internal static partial class TextNumbers
{
    // Powers of ten that a double holds exactly, as it does whole numbers of 15 digits.
    private static readonly double[] Powers = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <summary>A whole number: an optional sign and decimal digits of any script, blanks around it.</summary>
    public static bool TryBigint(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        var isNegative = text.Length > 0 && text[0] == '-';
        var digits = isNegative ? text[1..] : text;
        if (digits.Length is 0 or > 18 || digits.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return TryUnusualBigint(text, out value);
        }

        foreach (var digit in digits)
        {
            value = (value * 10) + (digit - '0');
        }

        value = isNegative ? -value : value;
        return true;
    }

    /// <summary>A number with an optional fraction, exponent and suffix, blanks around it, or one of Java's words.</summary>
    public static bool TryDouble(ReadOnlySpan<byte> text, out double value)
    {
        var isNegative = text.Length > 0 && text[0] == '-';
        long digits = 0;
        var (count, point) = (0, -1);
        for (var i = isNegative ? 1 : 0; i < text.Length; i++)
        {
            if (text[i] == '.' && point < 0)
            {
                point = count;
            }
            else if ((uint)(text[i] - '0') <= 9 && count < Powers.Length - 1)
            {
                digits = (digits * 10) + (text[i] - '0');
                count++;
            }
            else
            {
                return TryUnusualDouble(text, out value);
            }
        }

        if (count == 0)
        {
            value = 0;
            return false;
        }

        value = digits / Powers[point < 0 ? 0 : count - point];
        value = isNegative ? -value : value;
        return true;
    }

    /// <summary>Like <see cref="TryDouble"/>, rounded once to a float.</summary>
    public static bool TryReal(ReadOnlySpan<byte> text, out float value)
    {
        value = 0;
        if (Decimal(text) is not { } number)
        {
            var isDouble = TryUnusualDouble(text, out var other);
            value = (float)other;
            return isDouble;
        }

        value = float.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture);
        return true;
    }

    private static bool TryUnusualBigint(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        var trimmed = Trimmed(text);
        var digits = new StringBuilder();
        foreach (var rune in trimmed.EnumerateRunes())
        {
            var isSign = digits.Length == 0 && rune.Value is '+' or '-';
            if (!isSign && (!rune.IsBmp || !Rune.IsDigit(rune)))
            {
                return false;
            }

            digits.Append(isSign ? ((char)rune.Value).ToString() : ((int)Rune.GetNumericValue(rune)).ToString(CultureInfo.InvariantCulture));
        }

        return long.TryParse(digits.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    private static bool TryUnusualDouble(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        if (Decimal(text) is { } number)
        {
            value = double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture);
            return true;
        }

        var trimmed = Trimmed(text);
        var sign = trimmed.StartsWith('-') ? -1 : 1;
        switch (trimmed.TrimStart('+', '-'))
        {
            case "NaN" when trimmed.Length <= 4:
                value = double.NaN;
                return true;
            case "Infinity" when trimmed.Length <= 9:
                value = sign * double.PositiveInfinity;
                return true;
            default:
                return TryHexadecimal(trimmed, sign, out value);
        }
    }

    // Up to 13 digits, which a double holds exactly.
    private static bool TryHexadecimal(string text, int sign, out double value)
    {
        value = 0;
        if (Hexadecimal().Match(text) is not { Success: true } match)
        {
            return false;
        }

        var (whole, fraction) = (match.Groups["whole"].Value, match.Groups["fraction"].Value);
        if (whole.Length + fraction.Length is 0 or > 13 || !int.TryParse(match.Groups["exponent"].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent))
        {
            return false;
        }

        value = sign * Math.ScaleB(Convert.ToInt64(whole + fraction, 16), Math.Clamp(exponent, -5000, 5000) - (4 * fraction.Length));
        return true;
    }

    // The text without blanks and suffix if it is a decimal number.
    private static string? Decimal(ReadOnlySpan<byte> text)
    {
        var match = DecimalNumber().Match(Trimmed(text));
        return match.Success ? match.Groups["number"].Value : null;
    }

    private static string Trimmed(ReadOnlySpan<byte> text)
    {
        var start = 0;
        var end = text.Length;
        while (start < end && text[start] <= ' ')
        {
            start++;
        }

        while (end > start && text[end - 1] <= ' ')
        {
            end--;
        }

        return Encoding.UTF8.GetString(text[start..end]);
    }

    [GeneratedRegex(@"\A(?<number>[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?)[fFdD]?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex DecimalNumber();

    [GeneratedRegex(@"\A[+-]?0[xX](?<whole>[0-9a-fA-F]*)(\.(?<fraction>[0-9a-fA-F]*))?[pP](?<exponent>[+-]?[0-9]+)[fFdD]?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Hexadecimal();
}
