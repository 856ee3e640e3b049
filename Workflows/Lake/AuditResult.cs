namespace Stedi.Temporal.Workflows.Lake;

/// <summary>What one audit found.</summary>
/// <param name="Name">The audit, as a short sentence of what holds when it passes.</param>
/// <param name="Violations">How many rows break the rule; 0 passes.</param>
/// <param name="Checked">How many rows it looked at.</param>
/// <param name="Detail">Which part of the rule is broken, in counts and table names only; null when it passes.</param>
public sealed record AuditResult(string Name, long Violations, long Checked, string? Detail = null)
{
    /// <summary>Whether the rule holds.</summary>
    public bool Passed => Violations == 0;
}
