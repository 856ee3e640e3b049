using Temporalio.Api.Schedule.V1;
using Range = Temporalio.Api.Schedule.V1.Range;

namespace Stedi.DevStack.Temporal.Schedules;

/// <summary>The times a structured calendar names, in a time zone.</summary>
internal static class CalendarTimes
{
    private const int LastYear = 2100;

    // More than any zone's clocks are ever put back.
    private static readonly TimeSpan LargestShift = TimeSpan.FromHours(3);

    /// <summary>The first such time after a moment; <c>null</c> if there is none in this century.</summary>
    public static DateTimeOffset? Next(StructuredCalendarSpec calendar, TimeZoneInfo zone, DateTimeOffset after)
    {
        var local = TimeZoneInfo.ConvertTime(after, zone).DateTime;
        var isSteady = zone.GetUtcOffset(after.AddDays(-1)) == zone.GetUtcOffset(after.AddDays(1));
        var earliest = isSteady ? local : local - LargestShift;
        for (var day = earliest.Date; day.Year <= LastYear; day = NextDay(calendar, day))
        {
            if (!MatchesDay(calendar, day))
            {
                continue;
            }

            foreach (var time in TimesOf(calendar, day, earliest))
            {
                // A time the clocks jump over does not exist; one that comes twice is taken once.
                if (!zone.IsInvalidTime(time) && new DateTimeOffset(time, zone.GetUtcOffset(time)) is var moment && moment > after)
                {
                    return moment.ToUniversalTime();
                }
            }
        }

        return null;
    }

    /// <summary>Whether a moment is one of the calendar's times.</summary>
    public static bool Matches(StructuredCalendarSpec calendar, TimeZoneInfo zone, DateTimeOffset moment)
    {
        var local = TimeZoneInfo.ConvertTime(moment, zone).DateTime;
        return MatchesDay(calendar, local.Date)
            && Contains(calendar.Hour, local.Hour) && Contains(calendar.Minute, local.Minute) && Contains(calendar.Second, local.Second);
    }

    /// <summary>The last moment that certainly is the calendar's like the given one: the end of its hour, or just itself.</summary>
    public static DateTimeOffset EndOf(StructuredCalendarSpec calendar, TimeZoneInfo zone, DateTimeOffset moment)
    {
        var isWholeHour = Enumerable.Range(0, 60).All(value => Contains(calendar.Minute, value) && Contains(calendar.Second, value));
        var local = TimeZoneInfo.ConvertTime(moment, zone).DateTime;
        return isWholeHour ? moment.AddTicks(TimeSpan.TicksPerHour - 1 - (local.Ticks % TimeSpan.TicksPerHour)) : moment;
    }

    private static DateTime NextDay(StructuredCalendarSpec calendar, DateTime day) =>
        calendar.Year.Count > 0 && !Contains(calendar.Year, day.Year) ? new DateTime(day.Year + 1, 1, 1) : day.AddDays(1);

    private static bool MatchesDay(StructuredCalendarSpec calendar, DateTime day) =>
        (calendar.Year.Count == 0 || Contains(calendar.Year, day.Year))
        && Contains(calendar.Month, day.Month)
        && Contains(calendar.DayOfMonth, day.Day)
        && (Contains(calendar.DayOfWeek, (int)day.DayOfWeek) || (day.DayOfWeek == DayOfWeek.Sunday && Contains(calendar.DayOfWeek, 7)));

    private static IEnumerable<DateTime> TimesOf(StructuredCalendarSpec calendar, DateTime day, DateTime earliest) =>
        from hour in Values(calendar.Hour, 23)
        where day.AddHours(hour + 1) > earliest
        from minute in Values(calendar.Minute, 59)
        where day.AddMinutes((hour * 60) + minute + 1) > earliest
        from second in Values(calendar.Second, 59)
        select day.Add(new TimeSpan(hour, minute, second));

    private static IEnumerable<int> Values(IEnumerable<Range> ranges, int maximum) =>
        Enumerable.Range(0, maximum + 1).Where(value => Contains(ranges, value));

    private static bool Contains(IEnumerable<Range> ranges, int value) =>
        ranges.Any(r => value >= r.Start && value <= r.End && (value - r.Start) % r.Step == 0);
}
