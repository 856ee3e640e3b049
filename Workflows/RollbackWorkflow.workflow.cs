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
        var run = new RunContext(Workflow.Info.RunId, Workflow.Info.WorkflowId, Workflow.UtcNow, "", ConsentPolicy.Given);
        var lineage = new LineageLog(run, ActivityProfiles.CleanUp(input.HeartbeatSeconds, "Record lineage"));
        var steps = new LakehouseSteps(run, input.HeartbeatSeconds, lineage);

        try
        {
            return await lineage.TrackAsync("", [], () => RestoreAsync(steps, lineage, run, input), (report, end) => LakehouseSteps.ToEndEvent(report.Snapshot, end));
        }
        finally
        {
            await steps.CleanUpAsync();
            await lineage.FlushAsync();
        }
    }

    private static async Task<RollbackReport> RestoreAsync(LakehouseSteps steps, LineageLog lineage, RunContext run, RollbackInput input)
    {
        await steps.OpenRunAsync();
        var kept = await steps.PickSnapshotAsync(input.Generation);
        var snapshotSteps = new LakehouseSteps(run with { SourcePrefix = kept.SourcePrefix, Policy = kept.Policy }, input.HeartbeatSeconds, lineage);
        // The limit of rejected lines does not apply: only today's consents matter, and a rejected line gives none.
        var customers = await snapshotSteps.StageAsync(await snapshotSteps.CrawlAsync(LandingSources.Customer));
        var audit = await snapshotSteps.AuditConsentAsync(new SortedDictionary<string, string>(kept.WorkTables.ToDictionary(), StringComparer.Ordinal)
        {
            [customers.Data.Table] = customers.Data.WorkTable,
        });
        if (!audit.Passed)
        {
            throw new ApplicationFailureException(
                $"Generation {kept.Generation} was not published again: today's consents do not allow {audit.Violations} of its {audit.Checked} rows ({audit.Detail}). Run the lakehouse workflow instead, which leaves them out.",
                FailureTypes.AuditFailed,
                nonRetryable: true);
        }

        return new(run, kept.Generation, audit, await steps.RestoreAsync(new(run, kept.Generation, input.AllowLooserPolicy)));
    }
}
