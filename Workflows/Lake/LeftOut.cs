namespace Stedi.Temporal.Workflows.Lake;

/// <summary>Rows that did not make it into a table, and why.</summary>
/// <param name="Table">The table they are missing from.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="Rows">How many rows.</param>
public sealed record LeftOut(string Table, string Reason, long Rows);
