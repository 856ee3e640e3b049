using System.Globalization;
using Stedi.Temporal.Workflows.Contracts;
using Stedi.Temporal.Workflows.Inputs;
using Stedi.Temporal.Workflows.Lineage;
using Stedi.Temporal.Workflows.Reports;
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
        InputValidation.ThrowIfInvalid(asked);
        var run = new RunContext(Workflow.Info.RunId, Workflow.Info.WorkflowId, Workflow.UtcNow, asked.SourcePrefix, asked.ConsentPolicy);
        var lineage = new LineageLog(run, ActivityProfiles.CleanUp(asked.HeartbeatSeconds, "Record lineage"));
        var steps = new LakehouseSteps(run, asked.HeartbeatSeconds, lineage);

        try
        {
            return await lineage.TrackAsync("", [], () => CurateAsync(steps, run, asked), (report, done) => LakehouseSteps.ToEndEvent(report.Snapshot, done));
        }
        finally
        {
            await steps.CleanUpAsync();
            await lineage.FlushAsync();
        }
    }

    private static async Task<LakehouseReport> CurateAsync(LakehouseSteps steps, RunContext run, LakehouseInput asked)
    {
        await steps.OpenRunAsync();
        var landed = await Workflow.WhenAllAsync(LandingSources.All.Select(source => LandAsync(steps, source, asked.RejectedLinesLimit)));
        var staged = new WorkTables(landed.Select(source => source.Staged));
        var tables = await BuildAsync(steps, staged);
        var made = staged.With(tables);
        var audited = await AuditAsync(steps, made);
        var snapshot = await steps.PublishAsync(new(run, tables, asked.SnapshotsToKeep, asked.AllowLooserPolicy), made);

        return new()
        {
            Run = run,
            Landing = [.. landed.Select(source => source.Report)],
            Tables = tables,
            LeftOut = audited.LeftOut,
            Audits = audited.Audits,
            Snapshot = snapshot,
            Seconds = (Workflow.UtcNow - run.AsOf).TotalSeconds,
            BytesScanned = landed.Sum(source => source.Report.BytesScanned) + tables.Sum(table => table.BytesScanned),
        };
    }

    private static async Task<Landed> LandAsync(LakehouseSteps steps, string source, double limit)
    {
        var crawled = await steps.CrawlAsync(source);
        var staged = await steps.StageAsync(crawled);
        var quarantine = staged.Rejected > 0 ? await steps.QuarantineAsync(crawled, staged) : null;
        return staged.Rejected <= limit * (staged.Accepted + staged.Rejected)
            ? new(staged, LandingSourceReport.From(crawled, staged, quarantine))
            : throw new ApplicationFailureException(
                $"{Describe(crawled, staged, limit)} Nothing was published. The rejected lines are in {quarantine!.Location}. Mend the files, or raise rejectedLinesLimit.",
                FailureTypes.TooManyRejectedLines,
                nonRetryable: true);
    }

    private static async Task<IReadOnlyList<BuiltTable>> BuildAsync(LakehouseSteps steps, WorkTables staged)
    {
        var customers = await steps.FilterCustomersAsync(staged);
        var readings = await steps.FilterAccelerometerAsync(staged.With(customers));
        var curated = await steps.CurateCustomersAsync(staged.With(customers, readings));
        var stepReadings = await steps.FilterStepTrainerAsync(staged.With(curated));
        var training = await steps.JoinSensorsAsync(staged.With(readings, curated, stepReadings));
        return [customers, readings, curated, stepReadings, training];
    }

    private static async Task<AuditSummary> AuditAsync(LakehouseSteps steps, WorkTables made)
    {
        var audited = await steps.AuditAsync(made);
        return audited.Failed.Count == 0
            ? audited
            : throw new ApplicationFailureException(
                "Nothing was published, because an audit failed. " + string.Join(" ", audited.Failed.Select(Describe)),
                FailureTypes.AuditFailed,
                nonRetryable: true);
    }

    private static string Describe(CrawledSource crawled, StagedSource staged, double limit) => string.Create(
        CultureInfo.InvariantCulture,
        $"{staged.Rejected} of {staged.Accepted + staged.Rejected} lines of {crawled.Table} were rejected, more than the limit of {limit:P2}. The worst: {string.Join("; ", staged.Rejections.Take(3).Select(worst => $"{worst.File}: {worst.Lines} lines, {worst.Reason}"))}.");

    private static string Describe(AuditResult audit) =>
        $"\"{audit.Name}\" does not hold for {audit.Violations} of {audit.Checked} rows{(audit.Detail is null ? "" : $" ({audit.Detail})")}.";

    private sealed record Landed(StagedSource Staged, LandingSourceReport Report);
}
