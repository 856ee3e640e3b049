using Stedi.Temporal.Workflows;

namespace Stedi.Temporal.Activities.Publishing;

/// <summary>One published state of all five tables, as <c>snapshots/current.json</c> holds it.</summary>
public sealed record Snapshot
{
    /// <summary>Counts up with every publication.</summary>
    public required long Generation { get; init; }

    /// <summary>The run that made the tables.</summary>
    public required string RunId { get; init; }

    /// <summary>The run's time before staging: a publication never replaces one with a later time.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Which readings of a consenting person the tables hold.</summary>
    public required ConsentPolicy Policy { get; init; }

    /// <summary>Where the data that the tables were made from landed.</summary>
    public required string SourcePrefix { get; init; }

    /// <summary>The generation whose tables a rollback published again, or null.</summary>
    public long? RestoredFrom { get; init; }

    /// <summary>Tells the key of its pseudonyms from others; null if that is not known, or another key has been accepted since.</summary>
    public string? KeyFingerprint { get; init; }

    /// <summary>The tables, in the order in which they were made.</summary>
    public required IReadOnlyList<SnapshotTable> Tables { get; init; }
}
