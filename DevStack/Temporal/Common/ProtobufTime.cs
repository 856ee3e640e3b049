namespace Stedi.DevStack.Temporal.Common;

/// <summary>Converts between times of protobuf and .NET. An absent duration is zero, because the protocol treats zero as "not set".</summary>
internal static class ProtobufTime
{
    // Protobuf durations reach 10,000 years. They are capped at 100 years, so that adding them to a date cannot overflow.
    private static readonly Duration Longest = Duration.FromTimeSpan(TimeSpan.FromDays(36_500));
    private static readonly DateTimeOffset Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The duration, at most 100 years; zero if it is negative.</summary>
    public static TimeSpan ToSpan(this Duration? duration) =>
        duration is null || duration.Seconds < 0 || duration.Nanos < 0 ? TimeSpan.Zero
        : duration.Seconds >= Longest.Seconds ? Longest.ToTimeSpan()
        : duration.ToTimeSpan();

    public static bool IsNegative(this Duration? duration) => duration is not null && (duration.Seconds < 0 || duration.Nanos < 0);

    /// <summary>The time, clamped to the years 1970 to 2200 so that calculations cannot overflow.</summary>
    public static DateTimeOffset ToMoment(this Timestamp time)
    {
        var moment = time.ToDateTimeOffset();
        return moment < DateTimeOffset.UnixEpoch ? DateTimeOffset.UnixEpoch : moment > Latest ? Latest : moment;
    }

    public static Duration ToDuration(this TimeSpan span) => Duration.FromTimeSpan(span);

    /// <summary>The duration, or <c>null</c> for zero.</summary>
    public static Duration? ToOptionalDuration(this TimeSpan span) => span == TimeSpan.Zero ? null : Duration.FromTimeSpan(span);

    public static Timestamp ToTimestamp(this DateTimeOffset time) => Timestamp.FromDateTimeOffset(time);

    public static Timestamp? ToTimestamp(this DateTimeOffset? time) => time is { } value ? Timestamp.FromDateTimeOffset(value) : null;

    public static TimeSpan Min(TimeSpan left, TimeSpan right) => left <= right ? left : right;
}
