using Stedi.Temporal.Workflows;

namespace Stedi.Temporal.Worker.Runs;

/// <summary>A run in a list.</summary>
public sealed record ListedRun
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

    /// <summary>Whose readings it uses; null for a rollback.</summary>
    public ConsentPolicy? Policy { get; init; }

    /// <summary>What became of its tables; null if it published none.</summary>
    public ListedOutcome? Outcome { get; init; }

    /// <summary>The type of what it failed of, one of <see cref="FailureTypes"/> where this project threw it.</summary>
    public string? Failure { get; init; }
}
