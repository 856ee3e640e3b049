using System.Globalization;
using System.Numerics;

namespace Stedi.DevStack.Aws.Athena.Results;

/// <summary>Formats values as Athena does in result files and in GetQueryResults.</summary>
internal static class CellText
{
    public static string Of(object value, string athenaType) => value switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        double number => JavaDouble.ToText(number),
        float number => JavaDouble.ToText(number),
        decimal number => number.ToString(CultureInfo.InvariantCulture),
        BigInteger number => number.ToString(CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time when athenaType == "date" => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture) + (athenaType == "timestamp with time zone" ? " UTC" : ""),
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture) + " UTC",
        TimeOnly time => time.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture),
        Stream bytes => Hex(bytes),
        byte[] bytes => string.Join(' ', bytes.Select(b => b.ToString("x2", CultureInfo.InvariantCulture))),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Hex(Stream stream)
    {
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return Of(buffer.ToArray(), "");
    }
}

/// <summary>Formats doubles as Java and therefore Athena do: <c>1.0</c>, <c>1.0E7</c>, <c>1.5E-4</c>, <c>Infinity</c>.</summary>
internal static class JavaDouble
{
    private const double SmallestNormal = 2.2250738585072014E-308;

    public static string ToText(double value) =>
        double.IsFinite(value) ? Finite(Shortest(value), Math.Abs(value)) : NotFinite(value);

    /// <summary>Formats a REAL, which has fewer digits than its value as a double.</summary>
    public static string ToText(float value) =>
        float.IsFinite(value) ? Finite(value.ToString("R", CultureInfo.InvariantCulture), Math.Abs(value)) : NotFinite(value);

    // Where one digit identifies the number, Java takes the nearest of two digits: the smallest double is 4.9E-324.
    private static string Shortest(double value)
    {
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        if (Math.Abs(value) >= SmallestNormal || value == 0)
        {
            return shortest;
        }

        var two = value.ToString("E1", CultureInfo.InvariantCulture);
        return double.Parse(two, CultureInfo.InvariantCulture) == value ? two : shortest;
    }

    private static string NotFinite(double value) => double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";

    private static string Finite(string shortest, double magnitude)
    {
        var (sign, digits, exponent) = Split(shortest);
        if (magnitude == 0)
        {
            return sign + "0.0";
        }

        return sign + (magnitude is >= 1e-3 and < 1e7 ? Plain(digits, exponent) : $"{digits[..1]}.{(digits.Length > 1 ? digits[1..] : "0")}E{exponent}");
    }

    // The significant digits, and the power of ten of the first.
    private static (string Sign, string Digits, int Exponent) Split(string text)
    {
        var sign = text.StartsWith('-') ? "-" : "";
        var parts = text[sign.Length..].Split('E');
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? parts[0].Length : point;
        var all = parts[0].Replace(".", "", StringComparison.Ordinal);
        var leading = all.Length - all.TrimStart('0').Length;
        var digits = all.Trim('0');
        var exponent = whole - 1 - leading + (parts.Length > 1 ? int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0);
        return (sign, digits.Length > 0 ? digits : "0", exponent);
    }

    private static string Plain(string digits, int exponent)
    {
        if (exponent < 0)
        {
            return "0." + new string('0', -exponent - 1) + digits;
        }

        digits = digits.PadRight(exponent + 1, '0');
        return digits[..(exponent + 1)] + "." + (digits.Length > exponent + 1 ? digits[(exponent + 1)..] : "0");
    }
}
