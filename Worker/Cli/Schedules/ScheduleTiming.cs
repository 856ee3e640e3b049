using System.Globalization;
using System.Text.RegularExpressions;
using Temporalio.Client.Schedules;

namespace Stedi.Temporal.Worker.Cli.Schedules;

/// <summary>When a schedule starts runs: by a cron string or at an interval.</summary>
/// <param name="Cron">Minute, hour, day, month and weekday, or null.</param>
/// <param name="Every">The interval, or null.</param>
/// <param name="TimeZone">The time zone of the cron string, by its IANA name.</param>
public sealed partial record ScheduleTiming(string? Cron, TimeSpan? Every, string TimeZone)
{
    /// <summary>Converts to Temporal's spec. Servers store a cron string as a calendar; its comment preserves the string.</summary>
    public ScheduleSpec ToSpec() => new()
    {
        CronExpressions = Cron is null ? [] : [$"{Cron} #{Cron}"],
        Intervals = Every is { } every ? [new(every)] : [],
        TimeZoneName = TimeZone,
    };

    /// <summary>Converts from Temporal's spec.</summary>
    public static ScheduleTiming Of(ScheduleSpec spec) => new(
        spec.CronExpressions.FirstOrDefault()?.Split('#')[0].Trim() ?? spec.Calendars.Select(calendar => calendar.Comment).FirstOrDefault(comment => !string.IsNullOrEmpty(comment)),
        spec.Intervals.Count == 0 ? null : spec.Intervals.First().Every,
        string.IsNullOrEmpty(spec.TimeZoneName) ? "UTC" : spec.TimeZoneName);

    /// <summary>Parses an interval such as 30m, 6h or 1d.</summary>
    public static bool TryParseInterval(string text, out TimeSpan interval)
    {
        interval = default;
        if (IntervalPattern().Match(text) is not { Success: true } match)
        {
            return false;
        }

        var number = int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        interval = match.Groups[2].Value switch
        {
            "m" => TimeSpan.FromMinutes(number),
            "h" => TimeSpan.FromHours(number),
            _ => TimeSpan.FromDays(number),
        };
        return interval > TimeSpan.Zero;
    }

    /// <summary>Describes the timing.</summary>
    public override string ToString() => this switch
    {
        { Cron: { } cron } => $"cron \"{cron}\" in {TimeZone}",
        { Every: { } every } => "every " + FormatInterval(every),
        _ => "at the times of a calendar",
    };

    private static string FormatInterval(TimeSpan every)
    {
        var (number, unit) = every switch
        {
            { Ticks: var ticks } when ticks % TimeSpan.TicksPerDay == 0 => (every.TotalDays, "day"),
            { Ticks: var ticks } when ticks % TimeSpan.TicksPerHour == 0 => (every.TotalHours, "hour"),
            _ => (every.TotalMinutes, "minute"),
        };
        return number == 1 ? unit : string.Create(CultureInfo.InvariantCulture, $"{number:0.##} {unit}s");
    }

    [GeneratedRegex("^([0-9]{1,4})([mhd])$")]
    private static partial Regex IntervalPattern();
}
