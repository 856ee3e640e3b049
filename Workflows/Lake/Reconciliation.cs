namespace Stedi.Temporal.Workflows.Lake;

/// <summary>Every landed row accounted for: what was kept, and what was left out for which reason.</summary>
/// <param name="Audit">Whether the sums agree with the tables.</param>
/// <param name="LeftOut">Who and what was left out.</param>
public sealed record Reconciliation(AuditResult Audit, IReadOnlyList<LeftOut> LeftOut);
