using Stedi.Temporal.Workflows.Contracts;

namespace Stedi.Temporal.Workflows.Reports;

/// <summary>The result of a rollback.</summary>
/// <param name="Run">The rollback's run.</param>
/// <param name="RestoredGeneration">The generation that was published again.</param>
/// <param name="Audit">The audit of those tables against today's consents.</param>
/// <param name="Snapshot">The result of the publication.</param>
public sealed record RollbackReport(RunContext Run, long RestoredGeneration, AuditResult Audit, PublishedSnapshot Snapshot);
