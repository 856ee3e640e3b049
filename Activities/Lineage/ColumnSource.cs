namespace Stedi.Temporal.Activities.Lineage;

/// <summary>A column that another column, or which rows there are, depends on.</summary>
/// <param name="Table">The table, by the name that SQL uses for it.</param>
/// <param name="Column">Its column.</param>
/// <param name="Subtype">OpenLineage's subtype: IDENTITY, TRANSFORMATION, AGGREGATION; or JOIN, GROUP_BY, FILTER, WINDOW.</param>
/// <param name="Description">What is done with it.</param>
/// <param name="Masking">Whether the value cannot be told any more.</param>
public sealed record ColumnSource(string Table, string Column, string Subtype, string Description = "", bool Masking = false)
{
    /// <summary>Whether it decides which rows there are rather than what stands in them.</summary>
    public bool IsIndirect => Subtype is "JOIN" or "GROUP_BY" or "FILTER" or "WINDOW";
}
