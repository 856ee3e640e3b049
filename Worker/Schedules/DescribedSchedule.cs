using Stedi.Temporal.Workflows;

namespace Stedi.Temporal.Worker.Schedules;

/// <summary>The lake's schedule, as its server tells it.</summary>
public sealed record DescribedSchedule
{
    /// <summary>Its id, which is the workflow id of the runs that are started by hand.</summary>
    public required string Id { get; init; }

    /// <summary>The cron string that starts runs, or null.</summary>
    public string? Cron { get; init; }

    /// <summary>Seconds between runs, or null.</summary>
    public double? EverySeconds { get; init; }

    /// <summary>The time zone of the cron string.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Whether it starts nothing for now.</summary>
    public required bool IsPaused { get; init; }

    /// <summary>Whose readings its runs use.</summary>
    public required ConsentPolicy Policy { get; init; }

    /// <summary>When it starts the next runs.</summary>
    public required IReadOnlyList<DateTimeOffset> Next { get; init; }

    /// <summary>What it started last, the newest first.</summary>
    public required IReadOnlyList<ScheduledRun> Recent { get; init; }

    /// <summary>How many starts it skipped because the run before was open.</summary>
    public required long Skipped { get; init; }

    /// <summary>How many starts came too late to be made up for.</summary>
    public required long Missed { get; init; }
}
