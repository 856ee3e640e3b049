using System.Globalization;
using System.Numerics;

namespace Stedi.DevStack.Aws.Athena.Results;

/// <summary>Values as Athena prints them, in result files and in GetQueryResults alike.</summary>
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

    static string Hex(Stream stream)
    {
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return Of(buffer.ToArray(), "");
    }
}
