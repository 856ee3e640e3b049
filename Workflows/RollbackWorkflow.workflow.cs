using Stedi.Temporal.Workflows.Contracts;
using Stedi.Temporal.Workflows.Inputs;
using Stedi.Temporal.Workflows.Lineage;
using Stedi.Temporal.Workflows.Reports;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Stedi.Temporal.Workflows;

/// <summary>
/// Publishes a kept snapshot again, if today's consents still allow it: a person may have withdrawn consent since.
/// </summary>
[Workflow]
public sealed class RollbackWorkflow
{
    /// <summary>Rolls back once.</summary>
    /// <returns>What was restored.</returns>
    [WorkflowRun]
    public async Task<RollbackReport> RunAsync(RollbackInput? input = null)
    {
        input ??= new();
        InputValidation.ThrowIfInvalid(input);
        var opening = await RunOpening.StartAsync(input.Lake, "", ConsentPolicy.Given);
        var run = opening.Run;
        var lineage = new LineageLog(run, ActivityProfiles.CleanUp(run, "Record lineage"));
        var steps = new LakehouseSteps(run, lineage);

        try
        {
            return await lineage.TrackAsync("", [], () => RunCancellation.WatchAsync(() => RestoreAsync(opening.Opened, steps, lineage, run, input)), (report, end) => LakehouseSteps.ToEndEvent(report.Snapshot, end));
        }
        finally
        {
            await Workflow.WhenAllAsync(steps.CleanUpAsync(), lineage.FlushAsync());
        }
    }

    private static async Task<RollbackReport> RestoreAsync(Task opened, LakehouseSteps steps, LineageLog lineage, RunContext run, RollbackInput input)
    {
        await opened;
        var kept = await steps.PickSnapshotAsync(input.Generation);
        var snapshotSteps = new LakehouseSteps(run with { SourcePrefix = kept.SourcePrefix, Policy = kept.Policy }, lineage);
        var crawled = await snapshotSteps.CrawlAsync(LandingSources.Customer);
        var customers = await snapshotSteps.StageAsync(crawled);
        await ThrowIfUnreadableAsync(snapshotSteps, customers, run);
        var workTables = new SortedDictionary<string, string>(kept.WorkTables.ToDictionary(), StringComparer.Ordinal)
        {
            [customers.Data.Table] = customers.Data.WorkTable,
        };
        workTables[IAuditActivities.DecidedPeople] = (await snapshotSteps.DecidePeopleAsync(workTables)).WorkTable;
        var audit = await snapshotSteps.AuditConsentAsync(workTables);
        ThrowIfForbidden(audit, kept);
        if (await snapshotSteps.HasChangedAsync(crawled, customers))
        {
            // A withdrawal may have landed since the customers were staged.
            await ThrowIfUnreadableAsync(snapshotSteps, await snapshotSteps.StageAgainAsync(crawled), run);
            await snapshotSteps.DecidePeopleAsync(workTables);
            audit = await snapshotSteps.AuditConsentAgainAsync(workTables);
            ThrowIfForbidden(audit, kept);
        }

        return new(run, kept.Generation, audit, await steps.RestoreAsync(new(run, kept.Generation, input.AllowLooserPolicy, audit.Tables)));
    }

    // Rejected lines that name a person withhold that person, as the audit finds. The limit of a run would stop a rollback because
    // of people whom it does not concern.
    private static async Task ThrowIfUnreadableAsync(LakehouseSteps steps, StagedSource customers, RunContext run)
    {
        if (LandingLimits.Judge([customers], limit: 1, run.Id) is { } failure)
        {
            await steps.QuarantineAsync(customers);
            throw failure;
        }
    }

    private static void ThrowIfForbidden(AuditResult audit, KeptSnapshot kept)
    {
        if (!audit.Passed)
        {
            throw new ApplicationFailureException(
                $"Generation {kept.Generation} was not published again: today's consents do not allow {audit.Violations} of its {audit.Checked} rows ({audit.Detail}). Run the lakehouse workflow instead, which leaves them out.",
                FailureTypes.AuditFailed,
                nonRetryable: true);
        }
    }
}
