namespace Stedi.Temporal.Activities.Publishing;

/// <summary>One table of a snapshot.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Location">Where its files lie, as an <c>s3://</c> URI ending in a slash.</param>
/// <param name="Rows">How many rows it holds.</param>
/// <param name="Bytes">The size of its files.</param>
public sealed record SnapshotTable(string Name, string Location, long Rows, long Bytes);
