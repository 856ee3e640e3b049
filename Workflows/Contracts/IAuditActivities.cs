using Temporalio.Activities;

namespace Stedi.Temporal.Workflows.Contracts;

/// <summary>
/// Audits a run's tables before they are published. Each audit recomputes its rule from the staged landing data, not from
/// the tables that it checks. A violation is part of the result; the workflow decides what to do about it.
/// </summary>
public interface IAuditActivities
{
    /// <summary>The name that SQL uses for the table that <see cref="DecidePeopleAsync"/> makes.</summary>
    public const string DecidedPeople = "decided_people";

    /// <summary>
    /// Decides from the staged lines whose consent covers what, in another way than the SQL that builds the tables. The audits compare
    /// the tables with it.
    /// </summary>
    [Activity]
    public Task<BuiltTable> DecidePeopleAsync(BuildInput input);

    /// <summary>Checks that every row of every table belongs to a person whose consent covers it.</summary>
    [Activity]
    public Task<AuditResult> AuditConsentAsync(AuditInput input);

    /// <summary>Checks that every training row pairs readings of the same person at the same instant.</summary>
    [Activity]
    public Task<AuditResult> AuditPairsAsync(AuditInput input);

    /// <summary>Checks that no person and no reading occurs twice.</summary>
    [Activity]
    public Task<AuditResult> AuditUniquenessAsync(AuditInput input);

    /// <summary>Checks that training rows have a pseudonym and no identifying columns.</summary>
    [Activity]
    public Task<AuditResult> AuditIdentifyingColumnsAsync(AuditInput input);

    /// <summary>Checks that every landed row is in a table or left out for a known reason.</summary>
    [Activity]
    public Task<Reconciliation> ReconcileAsync(AuditInput input);
}

/// <summary>The input of an audit.</summary>
/// <param name="Run">The run.</param>
/// <param name="Inputs">The work tables, staged and built, by the name that the SQL uses for them.</param>
public sealed record AuditInput(RunContext Run, IReadOnlyDictionary<string, string> Inputs) : IStepInput;

/// <summary>What one audit found.</summary>
/// <param name="Name">The rule that the audit checks, as a short sentence.</param>
/// <param name="Violations">The number of rows that break the rule; 0 if the audit passes.</param>
/// <param name="Checked">The number of rows checked.</param>
/// <param name="Detail">What broke the rule, as counts and table names without data; null if the audit passes.</param>
public sealed record AuditResult(string Name, long Violations, long Checked, string? Detail = null)
{
    /// <summary>A digest of the names and locations of the audited tables; null if the audit does not give one.</summary>
    public string? Tables { get; init; }

    /// <summary>Whether there are no violations.</summary>
    public bool Passed => Violations == 0;
}

/// <summary>The reconciliation of landed rows with the tables.</summary>
/// <param name="Audit">The audit: whether the computed row counts equal those of the tables.</param>
/// <param name="LeftOut">The rows that were left out.</param>
public sealed record Reconciliation(AuditResult Audit, IReadOnlyList<LeftOutRows> LeftOut);

/// <summary>Why a person is not in customer_trusted, in the order in which the reasons take precedence, and why a device is nobody's.</summary>
public static class WithheldReasons
{
    /// <summary>A rejected line names the person, and no later record of theirs makes up for it.</summary>
    public const string Unreadable = "consent record unreadable";

    /// <summary>A record without consent has no lastUpdateDate, so it cannot be ordered among the person's consents.</summary>
    public const string Undated = "undated withdrawal";

    /// <summary>The consent is dated before an earlier refusal of the person.</summary>
    public const string Earlier = "earlier withdrawal";

    /// <summary>The consent, or the record that has it, is dated after the run's time.</summary>
    public const string NotYetInForce = "consent not yet in force";

    /// <summary>The person's latest record has no consent.</summary>
    public const string NoConsent = "no consent";

    /// <summary>Why readings of a device that several people claim are not in step_trainer_trusted.</summary>
    public const string AmbiguousDevice = "ambiguous device";

    /// <summary>The reasons of people whose consent is in doubt.</summary>
    public static IReadOnlyList<string> Doubtful { get; } = [Unreadable, Undated, Earlier, NotYetInForce];

    /// <summary>The reasons of people who refuse their consent in a readable record.</summary>
    public static IReadOnlyList<string> Refusals { get; } = [Undated, Earlier, NoConsent];
}

/// <summary>Rows that were left out of a table for one reason.</summary>
/// <param name="Table">The table that they were left out of.</param>
/// <param name="Reason">The reason, as text.</param>
/// <param name="Rows">The number of rows.</param>
public sealed record LeftOutRows(string Table, string Reason, long Rows);
