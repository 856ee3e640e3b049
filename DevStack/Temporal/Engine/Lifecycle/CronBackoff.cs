using Cronos;
using Stedi.DevStack.Temporal.Common;

namespace Stedi.DevStack.Temporal.Engine.Lifecycle;

/// <summary>Calculates when a cron schedule is due next: five or six fields or a descriptor such as @daily, "@every 1h", "CRON_TZ=Europe/Berlin ...".</summary>
public static class CronBackoff
{
    /// <summary>The wait from <paramref name="now"/> until the first due time after it, of a schedule that counts from <paramref name="start"/>.</summary>
    /// <exception cref="RequestException">The schedule is invalid or never due.</exception>
    public static TimeSpan Until(string schedule, DateTimeOffset start, DateTimeOffset now)
    {
        var next = Next(schedule, start, now)
            ?? throw RpcErrors.InvalidArgument($"The cron schedule \"{schedule}\" is never due.");
        var wait = next - now;

        // Rounded up to whole seconds as in Go, so that a run never starts before it is due.
        return TimeSpan.FromSeconds(Math.Ceiling(wait.TotalSeconds));
    }

    /// <summary>The first due time after a moment; <c>null</c> if there is none.</summary>
    public static DateTimeOffset? Next(string schedule, DateTimeOffset start, DateTimeOffset after)
    {
        try
        {
            var (expression, zone) = SplitZone(schedule.Trim());
            return expression.StartsWith("@every ", StringComparison.Ordinal)
                ? NextEvery(GoDuration.Parse(expression["@every ".Length..]), start, after)
                : Parse(expression).GetNextOccurrence(after, zone);
        }
        catch (Exception e) when (e is CronFormatException or FormatException or TimeZoneNotFoundException or InvalidTimeZoneException)
        {
            throw RpcErrors.InvalidArgument($"Invalid CronSchedule. {e.Message}");
        }
    }

    private static CronExpression Parse(string expression) => CronExpression.Parse(
        expression, expression.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length == 6 ? CronFormat.IncludeSeconds : CronFormat.Standard);

    private static (string Expression, TimeZoneInfo Zone) SplitZone(string schedule)
    {
        if (!schedule.StartsWith("CRON_TZ=", StringComparison.Ordinal) && !schedule.StartsWith("TZ=", StringComparison.Ordinal))
        {
            return (schedule, TimeZoneInfo.Utc);
        }

        var space = schedule.IndexOf(' ', StringComparison.Ordinal);
        var name = schedule[(schedule.IndexOf('=', StringComparison.Ordinal) + 1)..(space < 0 ? schedule.Length : space)];
        return (space < 0 ? "" : schedule[(space + 1)..].Trim(), TimeZoneInfo.FindSystemTimeZoneById(name));
    }

    private static DateTimeOffset NextEvery(TimeSpan interval, DateTimeOffset start, DateTimeOffset after)
    {
        if (interval < TimeSpan.FromSeconds(1))
        {
            throw new FormatException("The interval of @every must be at least one second.");
        }

        var elapsed = after - start;
        return elapsed < TimeSpan.Zero ? start : start + (interval * (Math.Floor(elapsed / interval) + 1));
    }
}
