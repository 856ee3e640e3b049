namespace Stedi.DevStack.Temporal.Common;

/// <summary>Protobuf's times as .NET's and back; an absent duration is zero, which the protocol reads as "not set".</summary>
internal static class ProtobufTime
{
    // Durations on the wire reach ten thousand years; a century is as good as never and cannot overflow a date.
    private static readonly Duration Longest = Duration.FromTimeSpan(TimeSpan.FromDays(36_500));
    private static readonly DateTimeOffset Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The duration, at most a century; one below zero is as good as none.</summary>
    public static TimeSpan ToSpan(this Duration? duration) =>
        duration is null || duration.Seconds < 0 || duration.Nanos < 0 ? TimeSpan.Zero
        : duration.Seconds >= Longest.Seconds ? Longest.ToTimeSpan()
        : duration.ToTimeSpan();

    public static bool IsNegative(this Duration? duration) => duration is not null && (duration.Seconds < 0 || duration.Nanos < 0);

    /// <summary>A time that can be reckoned with: not before 1970, not after 2200.</summary>
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
