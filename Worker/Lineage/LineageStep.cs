namespace Stedi.Temporal.Worker.Lineage;

/// <summary>One step of a run that read and made tables.</summary>
/// <param name="Name">The step, such as <c>customer_trusted</c>.</param>
/// <param name="Inputs">What it read: tables, or prefixes of the bucket.</param>
/// <param name="Output">What it made.</param>
/// <param name="Columns">Where its columns come from.</param>
public sealed record LineageStep(string Name, IReadOnlyList<string> Inputs, string Output, IReadOnlyList<LineageColumn> Columns);
