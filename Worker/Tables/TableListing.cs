namespace Stedi.Temporal.Worker.Tables;

/// <summary>The lake's tables at one moment.</summary>
/// <param name="Snapshot">What is published; null before the first publication.</param>
/// <param name="Tables">Landing and published tables, zone by zone.</param>
public sealed record TableListing(ListedSnapshot? Snapshot, IReadOnlyList<ListedTable> Tables);
