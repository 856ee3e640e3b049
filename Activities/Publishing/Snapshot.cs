using Stedi.Temporal.Workflows.Inputs;

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

/// <summary>One table of a snapshot.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Location">Where its files lie, as an <c>s3://</c> URI ending in a slash.</param>
/// <param name="Rows">How many rows it holds.</param>
/// <param name="Bytes">The size of its files.</param>
public sealed record SnapshotTable(string Name, string Location, long Rows, long Bytes);

/// <summary>What <c>snapshots/current.json</c> holds: the snapshot that readers see, and those kept for rollback.</summary>
/// <param name="Current">The snapshot that counts.</param>
/// <param name="Previous">Superseded ones, newest first.</param>
public sealed record SnapshotLog(Snapshot Current, IReadOnlyList<Snapshot> Previous)
{
    /// <summary>All of them, newest first.</summary>
    public IEnumerable<Snapshot> All => Previous.Prepend(Current);

    /// <summary>The log with a new current snapshot, keeping so many in all; tables that are published again are listed once.</summary>
    public static SnapshotLog Push(SnapshotLog? log, Snapshot snapshot, int keep) =>
        new(snapshot, [.. (log?.All ?? []).Where(kept => !kept.Tables.SequenceEqual(snapshot.Tables)).Take(keep - 1)]);
}
