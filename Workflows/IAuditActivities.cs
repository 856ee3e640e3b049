using Stedi.Temporal.Workflows.Lake;
using Temporalio.Activities;

namespace Stedi.Temporal.Workflows;

/// <summary>
/// Checking what a run made before anyone sees it. Each audit recomputes its rule from the staged landing data, not from
/// the tables it checks, and returns what it found: the workflow decides.
/// </summary>
public interface IAuditActivities
{
    /// <summary>Every row of every table belongs to somebody whose consent allows it.</summary>
    [Activity]
    Task<AuditResult> AuditConsentAsync(AuditInput input);

    /// <summary>Every training row pairs readings of one person at one instant.</summary>
    [Activity]
    Task<AuditResult> AuditPairsAsync(AuditInput input);

    /// <summary>People and readings occur once.</summary>
    [Activity]
    Task<AuditResult> AuditUniquenessAsync(AuditInput input);

    /// <summary>Training rows carry a pseudonym and nothing that identifies anybody.</summary>
    [Activity]
    Task<AuditResult> AuditIdentifyingColumnsAsync(AuditInput input);

    /// <summary>Every landed row is in a table or left out for a reason, and the sums agree.</summary>
    [Activity]
    Task<Reconciliation> ReconcileAsync(AuditInput input);
}
