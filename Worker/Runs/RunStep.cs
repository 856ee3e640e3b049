namespace Stedi.Temporal.Worker.Runs;

/// <summary>One step of a run as a person follows it.</summary>
public sealed record RunStep
{
    /// <summary>Its name, such as "Crawl customer_landing".</summary>
    public required string Name { get; init; }

    /// <summary>Temporal's id of the activity.</summary>
    public required string ActivityId { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>What it is doing.</summary>
    public StepState State { get; init; } = StepState.Waiting;

    /// <summary>When it ended, in <see cref="StepState.Done"/> and after.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The attempt that is under way, or ended it.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>What came of it, in figures; or the problem it is retried for.</summary>
    public string? Note { get; init; }

    /// <summary>How long it has taken, or took.</summary>
    public TimeSpan Elapsed(DateTimeOffset now) => (Until ?? now) - Since is { Ticks: > 0 } elapsed ? elapsed : TimeSpan.Zero;
}
