namespace Stedi.Temporal.Worker.Lineage;

/// <summary>One column of a table and one it comes from.</summary>
/// <param name="Name">The column.</param>
/// <param name="FromTable">The table it comes from.</param>
/// <param name="FromColumn">The column there.</param>
/// <param name="How">What was done to it; empty for a copy.</param>
public sealed record LineageColumn(string Name, string FromTable, string FromColumn, string How);
