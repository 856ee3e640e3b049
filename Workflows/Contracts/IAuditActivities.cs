using Temporalio.Activities;

namespace Stedi.Temporal.Workflows.Contracts;

/// <summary>
/// Checking what a run made before anyone sees it. Each audit recomputes its rule from the staged landing data, not from
/// the tables it checks, and returns what it found: the workflow decides.
/// </summary>
public interface IAuditActivities
{
    /// <summary>Every row of every table belongs to somebody whose consent allows it.</summary>
    [Activity]
    public Task<AuditResult> AuditConsentAsync(AuditInput input);

    /// <summary>Every training row pairs readings of one person at one instant.</summary>
    [Activity]
    public Task<AuditResult> AuditPairsAsync(AuditInput input);

    /// <summary>People and readings occur once.</summary>
    [Activity]
    public Task<AuditResult> AuditUniquenessAsync(AuditInput input);

    /// <summary>Training rows carry a pseudonym and nothing that identifies anybody.</summary>
    [Activity]
    public Task<AuditResult> AuditIdentifyingColumnsAsync(AuditInput input);

    /// <summary>Every landed row is in a table or left out for a reason, and the sums agree.</summary>
    [Activity]
    public Task<Reconciliation> ReconcileAsync(AuditInput input);
}

/// <summary>Asks for one audit of what the run made, before anyone else sees it.</summary>
/// <param name="Run">The run.</param>
/// <param name="Inputs">The work tables, staged and made, by the name that the SQL uses for them.</param>
public sealed record AuditInput(RunContext Run, IReadOnlyDictionary<string, string> Inputs);

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

/// <summary>Every landed row accounted for: what was kept, and what was left out for which reason.</summary>
/// <param name="Audit">Whether the sums agree with the tables.</param>
/// <param name="LeftOut">Who and what was left out.</param>
public sealed record Reconciliation(AuditResult Audit, IReadOnlyList<LeftOutRows> LeftOut);

/// <summary>Rows that did not make it into a table, and why.</summary>
/// <param name="Table">The table they are missing from.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="Rows">How many rows.</param>
public sealed record LeftOutRows(string Table, string Reason, long Rows);
