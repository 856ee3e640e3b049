namespace Stedi.DevStack.Temporal.Engine.Timers;

/// <summary>The server's clock: an inner clock plus the skipped time.</summary>
public sealed class VirtualClock(TimeProvider inner) : TimeProvider
{
    private long _skippedTicks;

    /// <summary>Raised after time has been skipped.</summary>
    public event Action? Skipped;

    /// <summary>The total of the skipped time.</summary>
    public TimeSpan Offset => TimeSpan.FromTicks(Interlocked.Read(ref _skippedTicks));

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() + Offset;

    public override long GetTimestamp() => inner.GetTimestamp();

    public override long TimestampFrequency => inner.TimestampFrequency;

    /// <summary>Creates a timer of the inner clock. Skipping does not shorten it; waiters have to handle <see cref="Skipped"/>.</summary>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        inner.CreateTimer(callback, state, dueTime, period);

    public void Skip(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        Interlocked.Add(ref _skippedTicks, by.Ticks);
        Skipped?.Invoke();
    }
}
