using System.Globalization;
using Stedi.Temporal.Workflows.Contracts;
using Stedi.Temporal.Workflows.Inputs;
using Stedi.Temporal.Workflows.Lineage;
using Stedi.Temporal.Workflows.Reports;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Stedi.Temporal.Workflows;

/// <summary>
/// Curates the STEDI lake: crawls and stages what landed, keeps what people consented to, joins the sensors, audits the
/// tables and publishes them. No table is visible to readers before all audits have passed.
/// </summary>
[Workflow]
public sealed class LakehouseWorkflow
{
    /// <summary>Runs the pipeline once.</summary>
    /// <returns>What was built, left out, audited and published.</returns>
    [WorkflowRun]
    public async Task<LakehouseReport> RunAsync(LakehouseInput? input = null)
    {
        input ??= new();
        InputValidation.ThrowIfInvalid(input);
        var run = new RunContext(Workflow.Info.RunId, Workflow.Info.WorkflowId, Workflow.UtcNow, input.SourcePrefix, input.ConsentPolicy);
        var lineage = new LineageLog(run, ActivityProfiles.CleanUp(input.HeartbeatSeconds, "Record lineage"));
        var steps = new LakehouseSteps(run, input.HeartbeatSeconds, lineage);

        try
        {
            return await lineage.TrackAsync("", [], () => CurateAsync(steps, run, input), (report, end) => LakehouseSteps.ToEndEvent(report.Snapshot, end));
        }
        finally
        {
            await steps.CleanUpAsync();
            await lineage.FlushAsync();
        }
    }

    private static async Task<LakehouseReport> CurateAsync(LakehouseSteps steps, RunContext run, LakehouseInput input)
    {
        await steps.OpenRunAsync();
        var landed = await Workflow.WhenAllAsync(LandingSources.All.Select(source => LandAsync(steps, source, input.RejectedLinesLimit)));
        var staged = new WorkTables(landed.Select(source => source.Staged));
        var tables = await BuildAsync(steps, staged);
        var workTables = staged.With(tables);
        var audits = await AuditAsync(steps, workTables);
        var snapshot = await steps.PublishAsync(new(run, tables, input.SnapshotsToKeep, input.AllowLooserPolicy), workTables);

        return new()
        {
            Run = run,
            Landing = [.. landed.Select(source => source.Report)],
            Tables = tables,
            LeftOut = audits.LeftOut,
            Audits = audits.Audits,
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
                $"{Describe(crawled, staged, limit)} Nothing was published. The rejected lines are in {quarantine!.Location}. Correct the files, or raise rejectedLinesLimit.",
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

    private static async Task<AuditSummary> AuditAsync(LakehouseSteps steps, WorkTables workTables)
    {
        var audits = await steps.AuditAsync(workTables);
        return audits.Failed.Count == 0
            ? audits
            : throw new ApplicationFailureException(
                "Nothing was published, because an audit failed. " + string.Join(" ", audits.Failed.Select(Describe)),
                FailureTypes.AuditFailed,
                nonRetryable: true);
    }

    private static string Describe(CrawledSource crawled, StagedSource staged, double limit) => string.Create(
        CultureInfo.InvariantCulture,
        $"{staged.Rejected} of {staged.Accepted + staged.Rejected} lines of {crawled.Table} were rejected, more than the limit of {limit:P2}. The worst: {string.Join("; ", staged.Rejections.Take(3).Select(rejected => $"{rejected.File}: {rejected.Lines} lines, {rejected.Reason}"))}.");

    private static string Describe(AuditResult audit) =>
        $"\"{audit.Name}\" does not hold for {audit.Violations} of {audit.Checked} rows{(audit.Detail is null ? "" : $" ({audit.Detail})")}.";

    private sealed record Landed(StagedSource Staged, LandingSourceReport Report);
}
