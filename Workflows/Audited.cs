using Stedi.Temporal.Workflows.Lake;

namespace Stedi.Temporal.Workflows;

/// <summary>What all audits of a run found.</summary>
/// <param name="Audits">Each audit, passed or not.</param>
/// <param name="LeftOut">Who and what was left out, and why.</param>
sealed record Audited(IReadOnlyList<AuditResult> Audits, IReadOnlyList<LeftOut> LeftOut)
{
    public IReadOnlyList<AuditResult> Failed => [.. Audits.Where(audit => !audit.Passed)];
}
