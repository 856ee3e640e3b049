using Stedi.Temporal.Workflows.Contracts;

namespace Stedi.Temporal.Workflows.Reports;

/// <summary>What a rollback did.</summary>
/// <param name="Run">The rollback's run.</param>
/// <param name="RestoredGeneration">The generation whose tables readers see again.</param>
/// <param name="Audit">The audit of those tables against today's consents.</param>
/// <param name="Snapshot">What was published.</param>
public sealed record RollbackReport(RunContext Run, long RestoredGeneration, AuditResult Audit, PublishedSnapshot Snapshot);
