using Microsoft.Extensions.Logging;
using Stedi.Temporal.Workflows.Lake;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Stedi.Temporal.Workflows;

/// <summary>
/// Curates the STEDI lake: crawls and stages what landed, keeps what people agreed to, joins the sensors, audits the
/// result and publishes it. Nothing a run makes is visible before its audits pass.
/// </summary>
[Workflow]
public sealed class LakehouseWorkflow
{
    /// <summary>Runs the whole job once.</summary>
    /// <returns>What was made, left out, audited and published.</returns>
    [WorkflowRun]
    public async Task<LakehouseReport> RunAsync(LakehouseInput? input = null)
    {
        var asked = input ?? new();
        RefuseProblems(asked);
        var started = Workflow.UtcNow;
        var run = new LakeRun(Workflow.Info.RunId, Workflow.Info.WorkflowId, started, asked.SourcePrefix, asked.ConsentPolicy);
        var steps = new LakehouseSteps(run, asked.HeartbeatSeconds);

        try
        {
            await steps.OpenRunAsync();
            var landed = await Workflow.WhenAllAsync(LandingSources.All.Select(source => LandAsync(steps, source, asked.RejectedLinesLimit)));
            var staged = new WorkTables(landed.Select(source => source.Staged));
            var tables = await BuildAsync(steps, staged);
            var (audits, leftOut) = await AuditAsync(steps, staged.With([.. tables]));
            var snapshot = await steps.PublishAsync(new(run, tables, asked.SnapshotsToKeep, asked.AllowLooserPolicy));

            return new()
            {
                Run = run,
                Landing = [.. landed.Select(source => source.Report)],
                Tables = tables,
                LeftOut = leftOut,
                Audits = audits,
                Snapshot = snapshot,
                Seconds = (Workflow.UtcNow - started).TotalSeconds,
                BytesScanned = landed.Sum(source => source.Report.BytesScanned) + tables.Sum(table => table.BytesScanned),
            };
        }
        finally
        {
            await CleanUpAsync(steps);
        }
    }

    static async Task<Landed> LandAsync(LakehouseSteps steps, string source, double limit)
    {
        var crawled = await steps.CrawlAsync(source);
        var staged = await steps.StageAsync(crawled, limit);
        return new(staged, LandedSource.From(crawled, staged));
    }

    static async Task<IReadOnlyList<BuiltTable>> BuildAsync(LakehouseSteps steps, WorkTables staged)
    {
        var customers = await steps.FilterCustomersAsync(staged);
        var readings = await steps.FilterAccelerometerAsync(staged.With(customers));
        var curated = await steps.CurateCustomersAsync(staged.With(customers, readings));
        var stepReadings = await steps.FilterStepTrainerAsync(staged.With(curated));
        var training = await steps.JoinSensorsAsync(staged.With(readings, curated, stepReadings));
        return [customers, readings, curated, stepReadings, training];
    }

    static async Task<(IReadOnlyList<AuditResult> Audits, IReadOnlyList<LeftOut> LeftOut)> AuditAsync(LakehouseSteps steps, WorkTables made)
    {
        var audits = steps.Audit(made);
        var reconciling = steps.ReconcileAsync(made);
        await Workflow.WhenAllAsync([.. audits, reconciling]);
        IReadOnlyList<AuditResult> results = [.. await Workflow.WhenAllAsync(audits), (await reconciling).Audit];

        var failed = results.Where(audit => !audit.Passed).ToList();
        if (failed.Count > 0)
        {
            throw new ApplicationFailureException(
                "Nothing was published, because an audit failed. " + string.Join(" ", failed.Select(Describe)),
                FailureTypes.AuditFailed,
                nonRetryable: true);
        }

        return (results, (await reconciling).LeftOut);
    }

    static string Describe(AuditResult audit) =>
        $"\"{audit.Name}\" does not hold for {audit.Violations} of {audit.Checked} rows{(audit.Detail is null ? "" : $" ({audit.Detail})")}.";

    static void RefuseProblems(LakehouseInput input)
    {
        if (input.Problems.Count > 0)
        {
            throw new ApplicationFailureException(
                "The run's input is not usable. " + string.Join(" ", input.Problems), FailureTypes.InvalidInput, nonRetryable: true);
        }
    }

    /// <summary>Leaves the lake tidy whatever became of the run; what it cannot remove now, the next run does.</summary>
    static async Task CleanUpAsync(LakehouseSteps steps)
    {
        try
        {
            await steps.CleanUpAsync();
        }
        catch (ActivityFailureException e)
        {
            Workflow.Logger.LogWarning(e, "Cleaning up after the run did not finish; the next run goes on with it");
        }
    }

    sealed record Landed(StagedSource Staged, LandedSource Report);
}
