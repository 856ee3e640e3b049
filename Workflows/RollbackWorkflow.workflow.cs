using Stedi.Temporal.Workflows.Contracts;
using Stedi.Temporal.Workflows.Inputs;
using Stedi.Temporal.Workflows.Lineage;
using Stedi.Temporal.Workflows.Reports;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Stedi.Temporal.Workflows;

/// <summary>
/// Goes back to a kept snapshot, if today's consents still allow it: somebody may have withdrawn since it was made.
/// </summary>
[Workflow]
public sealed class RollbackWorkflow
{
    /// <summary>Rolls back once.</summary>
    /// <returns>What readers see now.</returns>
    [WorkflowRun]
    public async Task<RollbackReport> RunAsync(RollbackInput? input = null)
    {
        var asked = input ?? new();
        InputValidation.ThrowIfInvalid(asked);
        var run = new RunContext(Workflow.Info.RunId, Workflow.Info.WorkflowId, Workflow.UtcNow, "", ConsentPolicy.Given);
        var lineage = new LineageLog(run, ActivityProfiles.CleanUp(asked.HeartbeatSeconds, "Record lineage"));
        var steps = new LakehouseSteps(run, asked.HeartbeatSeconds, lineage);

        try
        {
            return await lineage.TrackAsync("", [], () => RestoreAsync(steps, lineage, run, asked), (report, done) => LakehouseSteps.ToEndEvent(report.Snapshot, done));
        }
        finally
        {
            await steps.CleanUpAsync();
            await lineage.FlushAsync();
        }
    }

    private static async Task<RollbackReport> RestoreAsync(LakehouseSteps steps, LineageLog lineage, RunContext run, RollbackInput asked)
    {
        await steps.OpenRunAsync();
        var kept = await steps.PickSnapshotAsync(asked.Generation);
        var then = new LakehouseSteps(run with { SourcePrefix = kept.SourcePrefix, Policy = kept.Policy }, asked.HeartbeatSeconds, lineage);
        // However many lines are rejected: what matters is who consents today, and a rejected line is nobody's consent.
        var customers = await then.StageAsync(await then.CrawlAsync(LandingSources.Customer));
        var audit = await then.AuditConsentAsync(new SortedDictionary<string, string>(kept.WorkTables.ToDictionary(), StringComparer.Ordinal)
        {
            [customers.Data.Table] = customers.Data.WorkTable,
        });
        if (!audit.Passed)
        {
            throw new ApplicationFailureException(
                $"Generation {kept.Generation} was not published again: today's consents do not allow {audit.Violations} of its {audit.Checked} rows ({audit.Detail}). Run the lakehouse instead; it leaves them out.",
                FailureTypes.AuditFailed,
                nonRetryable: true);
        }

        return new(run, kept.Generation, audit, await steps.RestoreAsync(new(run, kept.Generation, asked.AllowLooserPolicy)));
    }
}
