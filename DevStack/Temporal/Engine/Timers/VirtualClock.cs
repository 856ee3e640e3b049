namespace Stedi.DevStack.Temporal.Engine.Timers;

/// <summary>The server's only clock: the given one, plus what was skipped.</summary>
public sealed class VirtualClock(TimeProvider inner) : TimeProvider
{
    private long _skippedTicks;

    /// <summary>Raised after time was skipped.</summary>
    public event Action? Skipped;

    /// <summary>How far this clock is ahead of the one beneath it.</summary>
    public TimeSpan Offset => TimeSpan.FromTicks(Interlocked.Read(ref _skippedTicks));

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() + Offset;

    public override long GetTimestamp() => inner.GetTimestamp();

    public override long TimestampFrequency => inner.TimestampFrequency;

    /// <summary>A timer in the time of the clock beneath: skipping does not shorten it.</summary>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        inner.CreateTimer(callback, state, dueTime, period);

    public void Skip(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        Interlocked.Add(ref _skippedTicks, by.Ticks);
        Skipped?.Invoke();
    }
}
