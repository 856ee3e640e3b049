using Stedi.Temporal.Workflows;

namespace Stedi.Temporal.Worker.Runs;

/// <summary>One run, open or ended, as its history tells it.</summary>
public sealed record RunRecord
{
    /// <summary>Temporal's run id.</summary>
    public required string RunId { get; init; }

    /// <summary>Temporal's workflow id.</summary>
    public required string WorkflowId { get; init; }

    /// <summary>Running, Completed, Failed, Canceled, Terminated or TimedOut.</summary>
    public required string Status { get; init; }

    /// <summary>When it started.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>What it was asked to do; null of a rollback.</summary>
    public required LakehouseInput? Input { get; init; }

    /// <summary>Its steps.</summary>
    public required IReadOnlyList<RunStep> Steps { get; init; }

    /// <summary>Its report, if it completed.</summary>
    public LakehouseReport? Report { get; init; }

    /// <summary>Its report, if it is a rollback that completed.</summary>
    public RollbackReport? Rollback { get; init; }

    /// <summary>What it failed of.</summary>
    public string? Failure { get; init; }

    /// <summary>What that means, and what to do.</summary>
    public IReadOnlyList<string>? Advice { get; init; }
}
