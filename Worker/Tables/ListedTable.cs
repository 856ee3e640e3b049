namespace Stedi.Temporal.Worker.Tables;

/// <summary>A table.</summary>
/// <param name="Zone">Its zone.</param>
/// <param name="Name">Its name.</param>
/// <param name="Rows">How many rows; of a landing table the crawler's estimate; null where there is none.</param>
/// <param name="Bytes">The size of its files; null where nobody looked.</param>
/// <param name="Location">Where its files are, as an <c>s3://</c> URI.</param>
/// <param name="Path">The same as a folder of this machine; null for a lake on AWS.</param>
/// <param name="IsCatalogued">Whether the Glue table names that location already.</param>
public sealed record ListedTable(string Zone, string Name, long? Rows, long? Bytes, string Location, string? Path, bool IsCatalogued);
