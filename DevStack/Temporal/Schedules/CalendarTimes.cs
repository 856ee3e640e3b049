using Temporalio.Api.Schedule.V1;
using Range = Temporalio.Api.Schedule.V1.Range;

namespace Stedi.DevStack.Temporal.Schedules;

/// <summary>Calculates the times that match a structured calendar in a time zone.</summary>
internal static class CalendarTimes
{
    private const int LastYear = 2100;

    // More than any time zone ever sets its clocks back.
    private static readonly TimeSpan LargestShift = TimeSpan.FromHours(3);

    /// <summary>The first matching time after a moment, or <c>null</c> if there is none up to the year 2100.</summary>
    public static DateTimeOffset? Next(StructuredCalendarSpec calendar, TimeZoneInfo zone, DateTimeOffset after)
    {
        var local = TimeZoneInfo.ConvertTime(after, zone).DateTime;
        var hasFixedOffset = zone.GetUtcOffset(after.AddDays(-1)) == zone.GetUtcOffset(after.AddDays(1));
        var earliest = hasFixedOffset ? local : local - LargestShift;
        for (var day = earliest.Date; day.Year <= LastYear; day = NextDay(calendar, day))
        {
            if (!MatchesDay(calendar, day))
            {
                continue;
            }

            foreach (var time in TimesOf(calendar, day, earliest))
            {
                // Local times skipped by a change of the clocks do not exist; those that occur twice count once.
                if (!zone.IsInvalidTime(time) && new DateTimeOffset(time, zone.GetUtcOffset(time)) is var moment && moment > after)
                {
                    return moment.ToUniversalTime();
                }
            }
        }

        return null;
    }

    /// <summary>Whether a moment matches the calendar.</summary>
    public static bool Matches(StructuredCalendarSpec calendar, TimeZoneInfo zone, DateTimeOffset moment)
    {
        var local = TimeZoneInfo.ConvertTime(moment, zone).DateTime;
        return MatchesDay(calendar, local.Date)
            && Contains(calendar.Hour, local.Hour) && Contains(calendar.Minute, local.Minute) && Contains(calendar.Second, local.Second);
    }

    /// <summary>The end of the span around a matching moment that matches as well: the end of the hour if the calendar matches all of it, else the moment itself.</summary>
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
