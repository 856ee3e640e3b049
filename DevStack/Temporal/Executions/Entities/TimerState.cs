namespace Stedi.DevStack.Temporal.Executions.Entities;

/// <summary>The phases of a user timer.</summary>
public enum TimerPhase
{
    Running = 0,
    Fired = 1,
    Canceled = 2,
}

/// <summary>A user timer that has not been seen to end by history.</summary>
public sealed class TimerState : IEntity<TimerPhase>
{
    public TimerPhase Phase { get; set; }

    public string TimerId { get; set; } = "";

    public long StartedEventId { get; set; }

    public DateTimeOffset Due { get; set; }
}
