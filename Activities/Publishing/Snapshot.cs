using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows.Inputs;

namespace Stedi.Temporal.Activities.Publishing;

/// <summary>A published state of all five tables. Stored in <c>snapshots/current.json</c>.</summary>
public sealed record Snapshot
{
    /// <summary>The snapshot's number, which increases with every publication.</summary>
    public required long Generation { get; init; }

    /// <summary>The run that published the snapshot.</summary>
    public required string RunId { get; init; }

    /// <summary>The run's time before staging. A snapshot is never replaced by one with an earlier time.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The consent policy of the tables.</summary>
    public required ConsentPolicy Policy { get; init; }

    /// <summary>The source prefix of the data that the tables were built from.</summary>
    public required string SourcePrefix { get; init; }

    /// <summary>The generation that a rollback restored, or null.</summary>
    public long? RestoredFrom { get; init; }

    /// <summary>The fingerprint of the pseudonyms' key; null if it is unknown, or if another key has been accepted since.</summary>
    public string? KeyFingerprint { get; init; }

    /// <summary>The accepted lines of each source; null in snapshots of earlier versions.</summary>
    public IReadOnlyDictionary<string, long>? Accepted { get; init; }

    /// <summary>The tables, in the order in which they were built.</summary>
    public required IReadOnlyList<SnapshotTable> Tables { get; init; }
}

/// <summary>One table of a snapshot.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Location">Where its files are, as an <c>s3://</c> URI ending in a slash.</param>
/// <param name="Rows">The number of rows.</param>
/// <param name="Bytes">The size of its files in bytes.</param>
public sealed record SnapshotTable(string Name, string Location, long Rows, long Bytes);

/// <summary>The content of <c>snapshots/current.json</c>: the current snapshot, and those kept for rollback.</summary>
/// <param name="Current">The published snapshot.</param>
/// <param name="Previous">Earlier snapshots, newest first.</param>
public sealed record SnapshotLog(Snapshot Current, IReadOnlyList<Snapshot> Previous)
{
    /// <summary>See <see cref="StoredFormat"/>.</summary>
    public int Format { get; init; } = StoredFormat.Current;

    /// <summary>All snapshots, newest first.</summary>
    public IEnumerable<Snapshot> All => Previous.Prepend(Current);

    /// <summary>Returns the log with a new current snapshot and at most <paramref name="keep"/> snapshots. A snapshot that is published again replaces its earlier entry.</summary>
    public static SnapshotLog Push(SnapshotLog? log, Snapshot snapshot, int keep) =>
        new(snapshot, [.. (log?.All ?? []).Where(kept => !kept.Tables.SequenceEqual(snapshot.Tables)).Take(keep - 1)]);
}
