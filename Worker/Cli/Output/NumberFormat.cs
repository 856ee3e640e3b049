using System.Globalization;

namespace Stedi.Temporal.Worker.Cli.Output;

/// <summary>Formats counts, sizes and durations.</summary>
internal static class NumberFormat
{
    private static readonly string[] Units = ["B", "KB", "MB", "GB", "TB"];

    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Bytes(long bytes)
    {
        double size = bytes;
        var unit = 0;
        while (size >= 999.5 && unit < Units.Length - 1)
        {
            size /= 1000;
            unit++;
        }

        var format = unit == 0 || size >= 99.95 ? "0" : "0.0";
        return size.ToString(format, CultureInfo.InvariantCulture) + " " + Units[unit];
    }

    public static string Seconds(double seconds) => StepFormat.Seconds(TimeSpan.FromSeconds(seconds));
}
