using Stedi.Temporal.Workflows.Contracts;
using Stedi.Temporal.Workflows.Inputs;
using Stedi.Temporal.Workflows.Lineage;
using Stedi.Temporal.Workflows.Reports;
using Temporalio.Converters;
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
    private const int MaxRestarts = 2;

    // How many runs in a row were started again because of customer files that landed during the run.
    private const string RestartsMemo = "stediRestarts";

    /// <summary>Runs the pipeline once.</summary>
    /// <returns>What was built, left out, audited and published.</returns>
    [WorkflowRun]
    public async Task<LakehouseReport> RunAsync(LakehouseInput? input = null)
    {
        input ??= new();
        InputValidation.ThrowIfInvalid(input);
        var opening = await RunOpening.StartAsync(input.Lake, input.SourcePrefix, input.ConsentPolicy);
        var run = opening.Run;
        var lineage = new LineageLog(run, ActivityProfiles.CleanUp(run, "Record lineage"));
        var steps = new LakehouseSteps(run, lineage);

        try
        {
            return await lineage.TrackAsync("", [], () => RunCancellation.WatchAsync(() => CurateAsync(opening.Opened, steps, run, input)), (report, end) => LakehouseSteps.ToEndEvent(report.Snapshot, end));
        }
        finally
        {
            await Workflow.WhenAllAsync(steps.CleanUpAsync(), lineage.FlushAsync());
        }
    }

    private static async Task<LakehouseReport> CurateAsync(Task opened, LakehouseSteps steps, RunContext run, LakehouseInput input)
    {
        await opened;
        var landed = await Workflow.WhenAllAsync(LandingSources.All.Select(source => LandAsync(steps, source)));
        ThrowIfTooManyRejected([.. landed.Select(source => source.Staged)], input, run);
        var staged = new WorkTables(landed.Select(source => source.Staged));
        var building = BuildAsync(steps, staged);
        var deciding = steps.DecidePeopleAsync(staged.Names);
        await Workflow.WhenAllAsync(building, deciding);
        var tables = await building;
        var workTables = staged.With([.. tables, await deciding]);
        var audits = await AuditAsync(steps, workTables);
        var customers = landed.Single(source => source.Staged.Source == LandingSources.Customer);
        if (audits.HasDoubtfulRecords)
        {
            await steps.QuarantineRecordsAsync(customers.Staged);
        }

        await RepeatIfCustomersChangedAsync(steps, customers, workTables, input, run);
        var snapshot = await steps.PublishAsync(ToPublish(run, input, tables, workTables, audits), workTables);

        return new()
        {
            Run = run,
            Withheld = audits.Withheld,
            Landing = [.. landed.Select(source => LandingSourceReport.From(source.Crawled, source.Staged, source.Quarantine))],
            Tables = tables,
            LeftOut = audits.LeftOut,
            Audits = audits.Audits,
            Snapshot = snapshot,
            Seconds = (Workflow.UtcNow - run.AsOf).TotalSeconds,
            BytesScanned = landed.Sum(source => source.Staged.Data.BytesScanned) + tables.Sum(table => table.BytesScanned),
        };
    }

    private static async Task<Landed> LandAsync(LakehouseSteps steps, string source)
    {
        var crawled = await steps.CrawlAsync(source);
        var staged = await steps.StageAsync(crawled);
        return new(crawled, staged, staged.Rejected > 0 ? await steps.QuarantineAsync(staged) : null);
    }

    private static void ThrowIfTooManyRejected(IReadOnlyList<StagedSource> staged, LakehouseInput input, RunContext run)
    {
        if (LandingLimits.Judge(staged, input.RejectedLinesLimit, run.Id) is { } failure)
        {
            throw failure;
        }
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

    // A withdrawal may have landed since the customers were staged. If the tables do not honour it, the run starts again.
    private static async Task RepeatIfCustomersChangedAsync(LakehouseSteps steps, Landed customers, WorkTables workTables, LakehouseInput input, RunContext run)
    {
        if (!await steps.HasChangedAsync(customers.Crawled, customers.Staged))
        {
            return;
        }

        var staged = await steps.StageAgainAsync(customers.Crawled);
        if (staged.Rejected > customers.Staged.Rejected)
        {
            await steps.QuarantineAsync(staged);
        }

        ThrowIfTooManyRejected([staged], input, run);
        await steps.DecidePeopleAsync(workTables.Names);
        var audit = await steps.AuditConsentAgainAsync(workTables.Names);
        if (audit.Passed)
        {
            return;
        }

        var restarts = Workflow.Memo.TryGetValue(RestartsMemo, out var memo) ? Workflow.PayloadConverter.ToValue<int>(memo) : 0;
        throw restarts < MaxRestarts
            ? Workflow.CreateContinueAsNewException(
                (LakehouseWorkflow workflow) => workflow.RunAsync(input),
                new() { Memo = new Dictionary<string, object> { [RestartsMemo] = restarts + 1 } })
            : new ApplicationFailureException(
                $"Customer files landed during each of {MaxRestarts + 1} runs in a row, and no longer allow {audit.Violations} of {audit.Checked} rows ({audit.Detail}). Nothing was published. Run again when no customer files are being written.",
                FailureTypes.ConsentChanged,
                nonRetryable: true);
    }

    private static PublishInput ToPublish(RunContext run, LakehouseInput input, IReadOnlyList<BuiltTable> tables, WorkTables workTables, AuditSummary audits) =>
        new(run, tables, input.SnapshotsToKeep, input.AllowLooserPolicy)
        {
            Audited = audits.Tables,
            Accepted = new SortedDictionary<string, long>(workTables.Staged.ToDictionary(source => source.Source, source => source.Accepted), StringComparer.Ordinal),
            Consents = workTables.Staged.Sum(source => source.Consents),
            Refusals = audits.Refusals,
            WorkTables = workTables.Names,
            AllowShrink = input.AllowShrink,
            AllowSourceChange = input.AllowSourceChange,
        };

    private static string Describe(AuditResult audit) =>
        $"\"{audit.Name}\" does not hold for {audit.Violations} of {audit.Checked} rows{(audit.Detail is null ? "" : $" ({audit.Detail})")}.";

    private sealed record Landed(CrawledSource Crawled, StagedSource Staged, QuarantinedLines? Quarantine);
}
