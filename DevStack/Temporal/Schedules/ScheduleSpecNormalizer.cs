using Stedi.DevStack.Temporal.Common;
using Temporalio.Api.Schedule.V1;

namespace Stedi.DevStack.Temporal.Schedules;

/// <summary>Converts cron strings and calendars to structured calendars, the form in which specifications are stored and described.</summary>
internal static class ScheduleSpecNormalizer
{
    /// <exception cref="RequestException">A part of the specification is invalid.</exception>
    public static ScheduleSpec Normalize(ScheduleSpec? spec)
    {
        var normal = spec?.Clone() ?? new ScheduleSpec();
        foreach (var cron in normal.CronString)
        {
            AddCron(normal, cron);
        }

        normal.StructuredCalendar.Add(normal.Calendar.Select(Structured));
        normal.ExcludeStructuredCalendar.Add(normal.ExcludeCalendar.Select(Structured));
        normal.CronString.Clear();
        normal.Calendar.Clear();
        normal.ExcludeCalendar.Clear();
        foreach (var calendar in normal.StructuredCalendar.Concat(normal.ExcludeStructuredCalendar))
        {
            FillDefaults(calendar);
        }

        foreach (var interval in normal.Interval)
        {
            if (interval.Interval.ToSpan() < TimeSpan.FromSeconds(1))
            {
                throw RpcErrors.InvalidArgument("Invalid schedule spec: an interval must be at least one second.");
            }

            if (interval.Phase.IsNegative() || interval.Phase.ToSpan() >= interval.Interval.ToSpan())
            {
                throw RpcErrors.InvalidArgument("Invalid schedule spec: the offset of an interval must be less than the interval.");
            }
        }

        _ = ZoneOf(normal);
        return normal;
    }

    public static TimeZoneInfo ZoneOf(ScheduleSpec spec)
    {
        try
        {
            return spec.TimezoneName.Length == 0 ? TimeZoneInfo.Utc : TimeZoneInfo.FindSystemTimeZoneById(spec.TimezoneName);
        }
        catch (Exception e) when (e is TimeZoneNotFoundException or InvalidTimeZoneException)
        {
            throw RpcErrors.InvalidArgument($"Invalid schedule spec: unknown time zone {spec.TimezoneName}.");
        }
    }

    private static void AddCron(ScheduleSpec spec, string cron)
    {
        var comment = cron.Split('#', 2);
        var text = comment[0].Trim();
        if (text.StartsWith("CRON_TZ=", StringComparison.Ordinal) || text.StartsWith("TZ=", StringComparison.Ordinal))
        {
            var parts = text.Split(' ', 2);
            spec.TimezoneName = parts[0][(parts[0].IndexOf('=', StringComparison.Ordinal) + 1)..];
            text = parts.Length > 1 ? parts[1].Trim() : "";
        }

        if (text.StartsWith("@every ", StringComparison.Ordinal))
        {
            spec.Interval.Add(Every(text["@every ".Length..]));
            return;
        }

        var calendar = Structured(Calendar(text));
        calendar.Comment = comment.Length > 1 ? comment[1].Trim() : "";
        spec.StructuredCalendar.Add(calendar);
    }

    private static IntervalSpec Every(string text)
    {
        try
        {
            var parts = text.Split('/');
            return new()
            {
                Interval = GoDuration.Parse(parts[0].Trim()).ToDuration(),
                Phase = parts.Length > 1 ? GoDuration.Parse(parts[1].Trim()).ToDuration() : null,
            };
        }
        catch (FormatException e)
        {
            throw RpcErrors.InvalidArgument($"Invalid schedule spec: {e.Message}");
        }
    }

    private static CalendarSpec Calendar(string cron) => cron.Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
    {
        ["@yearly" or "@annually"] => new() { Month = "1", DayOfMonth = "1" },
        ["@monthly"] => new() { DayOfMonth = "1" },
        ["@weekly"] => new() { DayOfWeek = "0" },
        ["@daily" or "@midnight"] => new(),
        ["@hourly"] => new() { Hour = "*" },
        [var minute, var hour, var day, var month, var weekday] =>
            new() { Minute = minute, Hour = hour, DayOfMonth = day, Month = month, DayOfWeek = weekday },
        [var minute, var hour, var day, var month, var weekday, var year] =>
            new() { Minute = minute, Hour = hour, DayOfMonth = day, Month = month, DayOfWeek = weekday, Year = year },
        [var second, var minute, var hour, var day, var month, var weekday, var year] =>
            new() { Second = second, Minute = minute, Hour = hour, DayOfMonth = day, Month = month, DayOfWeek = weekday, Year = year },
        _ => throw RpcErrors.InvalidArgument($"Invalid schedule spec: the cron string \"{cron}\" does not have 5, 6 or 7 fields."),
    };

    private static StructuredCalendarSpec Structured(CalendarSpec calendar) => new()
    {
        Second = { CalendarField.Second.Parse(calendar.Second) },
        Minute = { CalendarField.Minute.Parse(calendar.Minute) },
        Hour = { CalendarField.Hour.Parse(calendar.Hour) },
        DayOfMonth = { CalendarField.DayOfMonth.Parse(calendar.DayOfMonth) },
        Month = { CalendarField.Month.Parse(calendar.Month) },
        Year = { CalendarField.Year.Parse(calendar.Year) },
        DayOfWeek = { CalendarField.DayOfWeek.Parse(calendar.DayOfWeek) },
        Comment = calendar.Comment,
    };

    private static void FillDefaults(StructuredCalendarSpec calendar)
    {
        Fill(calendar.Second, CalendarField.Second);
        Fill(calendar.Minute, CalendarField.Minute);
        Fill(calendar.Hour, CalendarField.Hour);
        Fill(calendar.DayOfMonth, CalendarField.DayOfMonth);
        Fill(calendar.Month, CalendarField.Month);
        Fill(calendar.DayOfWeek, CalendarField.DayOfWeek);
        Fill(calendar.Year, CalendarField.Year);

        static void Fill(Google.Protobuf.Collections.RepeatedField<Temporalio.Api.Schedule.V1.Range> ranges, CalendarField field)
        {
            if (ranges.Count == 0)
            {
                ranges.Add(field.Parse(""));
            }

            foreach (var range in ranges)
            {
                field.Validate(range);
                range.End = Math.Max(range.Start, range.End);
                range.Step = Math.Max(range.Step, 1);
            }
        }
    }
}
