namespace Stedi.Temporal.Activities.Publishing;

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
