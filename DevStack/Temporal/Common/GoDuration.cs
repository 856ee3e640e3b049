using System.Globalization;
using System.Text.RegularExpressions;

namespace Stedi.DevStack.Temporal.Common;

/// <summary>Parses durations in Go's format: "1h30m", "1.5s", "300ms".</summary>
public static partial class GoDuration
{
    // In days, still within the range of TimeSpan.
    private const double LargestAmount = 1_000_000;

    /// <exception cref="FormatException">The text is not a duration.</exception>
    public static TimeSpan Parse(string text)
    {
        var total = TimeSpan.Zero;
        var position = 0;
        foreach (Match part in Part().Matches(text))
        {
            if (part.Index != position)
            {
                break;
            }

            position += part.Length;
            var amount = double.Parse(part.Groups[1].Value, CultureInfo.InvariantCulture);
            total += amount > LargestAmount ? throw NotADuration(text) : part.Groups[2].Value switch
            {
                "d" => TimeSpan.FromDays(amount),
                "h" => TimeSpan.FromHours(amount),
                "m" => TimeSpan.FromMinutes(amount),
                "s" => TimeSpan.FromSeconds(amount),
                "ms" => TimeSpan.FromMilliseconds(amount),
                _ => TimeSpan.FromMicroseconds(amount),
            };
        }

        return position == text.Length && position > 0
            ? total
            : throw NotADuration(text);
    }

    private static FormatException NotADuration(string text) => new($"\"{text}\" is not a duration. Use a format such as 1h30m or 10s.");

    [GeneratedRegex(@"(\d+(?:\.\d+)?)(ms|us|µs|d|h|m|s)")]
    private static partial Regex Part();
}
