namespace Stedi.Temporal.Worker.Queries;

/// <summary>What a query found: its rows come page by page, once.</summary>
/// <param name="Columns">The columns, in order.</param>
/// <param name="Rows">Cells as Athena's text, null for NULL.</param>
/// <param name="BytesScanned">What Athena says it read, which is what it charges for.</param>
/// <param name="Seconds">The time Athena says it took.</param>
public sealed record QueryResult(
    IReadOnlyList<QueryColumn> Columns, IAsyncEnumerable<IReadOnlyList<string?>> Rows, long BytesScanned, double Seconds);
