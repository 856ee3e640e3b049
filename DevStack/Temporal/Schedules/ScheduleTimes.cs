using System.Text;
using Stedi.DevStack.Temporal.Common;
using Temporalio.Api.Schedule.V1;

namespace Stedi.DevStack.Temporal.Schedules;

/// <summary>A time of a schedule: by the specification, and with jitter.</summary>
public readonly record struct ScheduledTime(DateTimeOffset Nominal, DateTimeOffset Actual);

/// <summary>Calculates the times of a normalized specification. Deterministic: jitter depends only on the schedule id and the time.</summary>
public static class ScheduleTimes
{
    private const int MaximumConsecutiveExclusions = 100_000;

    /// <summary>The first time after a moment, or <c>null</c> if there is none.</summary>
    public static ScheduledTime? Next(ScheduleSpec spec, string scheduleId, DateTimeOffset after)
    {
        if (NextNominal(spec, after) is not { } nominal)
        {
            return null;
        }

        var jitter = spec.Jitter.ToSpan();
        if (jitter <= TimeSpan.Zero)
        {
            return new(nominal, nominal);
        }

        // Jitter never exceeds the distance to the next time.
        var room = NextNominal(spec, nominal) is { } following ? ProtobufTime.Min(jitter, following - nominal) : jitter;
        return new(nominal, nominal + (room * Fraction(scheduleId, nominal)));
    }

    /// <summary>The times after one moment, up to and including another.</summary>
    public static IEnumerable<ScheduledTime> Between(ScheduleSpec spec, string scheduleId, DateTimeOffset after, DateTimeOffset until)
    {
        for (var time = Next(spec, scheduleId, after); time is { } next && next.Nominal <= until; time = Next(spec, scheduleId, next.Nominal))
        {
            yield return next;
        }
    }

    private static DateTimeOffset? NextNominal(ScheduleSpec spec, DateTimeOffset after)
    {
        var zone = ScheduleSpecNormalizer.ZoneOf(spec);
        if (spec.StartTime?.ToMoment() is { } start && after < start)
        {
            after = start.AddTicks(-1);
        }

        for (var attempt = 0; attempt < MaximumConsecutiveExclusions; attempt++)
        {
            var next = spec.StructuredCalendar.Select(calendar => CalendarTimes.Next(calendar, zone, after))
                .Concat(spec.Interval.Select(interval => (DateTimeOffset?)NextOf(interval, after)))
                .Min();
            if (next is not { } candidate || (spec.EndTime?.ToMoment() is { } end && candidate > end))
            {
                return null;
            }

            if (spec.ExcludeStructuredCalendar.FirstOrDefault(excluded => CalendarTimes.Matches(excluded, zone, candidate)) is not { } exclusion)
            {
                return candidate;
            }

            after = CalendarTimes.EndOf(exclusion, zone, candidate);
        }

        return null;
    }

    private static DateTimeOffset NextOf(IntervalSpec spec, DateTimeOffset after)
    {
        var (interval, phase) = (spec.Interval.ToSpan().Ticks, spec.Phase.ToSpan().Ticks);
        var elapsed = after.UtcTicks - DateTimeOffset.UnixEpoch.Ticks - phase;
        var periods = Math.DivRem(elapsed, interval, out var remainder) - (remainder < 0 ? 1 : 0);
        return DateTimeOffset.UnixEpoch.AddTicks(((periods + 1) * interval) + phase);
    }

    private static double Fraction(string scheduleId, DateTimeOffset nominal) =>
        Hash(Encoding.UTF8.GetBytes($"{scheduleId}@{nominal.UtcTicks}")) / (double)uint.MaxValue;

    private static uint Hash(byte[] bytes) => BitConverter.ToUInt32(System.Security.Cryptography.SHA256.HashData(bytes));
}
