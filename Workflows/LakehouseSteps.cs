using Microsoft.Extensions.Logging;
using Stedi.Temporal.Workflows.Contracts;
using Stedi.Temporal.Workflows.Lineage;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Stedi.Temporal.Workflows;

/// <summary>
/// Executes the lakehouse activities with their options and records lineage for each step. Called from workflow code only.
/// </summary>
/// <param name="run">The run that every step belongs to.</param>
/// <param name="lineage">Records the steps.</param>
internal sealed class LakehouseSteps(RunContext run, LineageLog lineage)
{
    public Task<CrawledSource> CrawlAsync(string source) => lineage.TrackAsync(
        $"crawl_{source}",
        [],
        () => Workflow.ExecuteActivityAsync((ICatalogActivities catalog) => catalog.CrawlAsync(new(run, source)), Query($"Crawl {LandingSources.Table(source)}")),
        (crawled, end) => end with { Inputs = [Dataset.LandingFiles(crawled)], Outputs = [Dataset.LandingTable(crawled)] });

    public Task<StagedSource> StageAsync(CrawledSource source) => StageAsync(source, "stage", "Stage");

    /// <summary>Stages a source of which files landed after it was staged.</summary>
    public Task<StagedSource> StageAgainAsync(CrawledSource source) => StageAsync(source, "stage_again", "Stage again");

    public Task<QuarantinedLines> QuarantineAsync(StagedSource staged)
    {
        var input = new QuarantineInput(run, Workflow.NewGuid(), staged);
        return Workflow.ExecuteActivityAsync((ICatalogActivities catalog) => catalog.QuarantineAsync(input), Query($"Quarantine {LandingSources.Table(staged.Source)}"));
    }

    /// <summary>Quarantines the rejected customer lines again, with the records because of which people are withheld.</summary>
    public Task<QuarantinedLines> QuarantineRecordsAsync(StagedSource customers)
    {
        var input = new QuarantineInput(run, Workflow.NewGuid(), customers);
        return Workflow.ExecuteActivityAsync((ICatalogActivities catalog) => catalog.QuarantineRecordsAsync(input), Query("Quarantine doubtful records"));
    }

    /// <summary>Returns whether other files of a source are there than those that were staged.</summary>
    public async Task<bool> HasChangedAsync(CrawledSource source, StagedSource staged)
    {
        var input = new ListInput(run, source);
        var listing = await Workflow.ExecuteActivityAsync(
            (ICatalogActivities catalog) => catalog.ListAsync(input), ActivityProfiles.Catalog(run, $"List {source.Table}"));
        return listing != staged.Listing;
    }

    public Task<BuiltTable> FilterCustomersAsync(WorkTables inputs)
    {
        var input = Build(inputs);
        return BuildAsync(
            LakeTables.CustomerTrusted,
            inputs,
            [LandingSources.Customer],
            options => Workflow.ExecuteActivityAsync((IConsentActivities consent) => consent.FilterCustomersAsync(input), options));
    }

    public Task<BuiltTable> FilterAccelerometerAsync(WorkTables inputs)
    {
        var input = Build(inputs);
        return BuildAsync(
            LakeTables.AccelerometerTrusted,
            inputs,
            [LandingSources.Accelerometer, LakeTables.CustomerTrusted],
            options => Workflow.ExecuteActivityAsync((IConsentActivities consent) => consent.FilterAccelerometerAsync(input), options));
    }

    public Task<BuiltTable> CurateCustomersAsync(WorkTables inputs)
    {
        var input = Build(inputs);
        return BuildAsync(
            LakeTables.CustomersCurated,
            inputs,
            [LakeTables.CustomerTrusted, LakeTables.AccelerometerTrusted],
            options => Workflow.ExecuteActivityAsync((ICurationActivities curation) => curation.CurateCustomersAsync(input), options));
    }

    public Task<BuiltTable> FilterStepTrainerAsync(WorkTables inputs)
    {
        var input = Build(inputs);
        return BuildAsync(
            LakeTables.StepTrainerTrusted,
            inputs,
            [LandingSources.StepTrainer, LakeTables.CustomersCurated, LandingSources.Customer],
            options => Workflow.ExecuteActivityAsync((ISensorActivities sensors) => sensors.FilterStepTrainerAsync(input), options));
    }

    public Task<BuiltTable> JoinSensorsAsync(WorkTables inputs)
    {
        var input = Build(inputs);
        return BuildAsync(
            LakeTables.MachineLearningCurated,
            inputs,
            [LakeTables.StepTrainerTrusted, LakeTables.AccelerometerTrusted, LakeTables.CustomersCurated],
            options => Workflow.ExecuteActivityAsync((ISensorActivities sensors) => sensors.JoinSensorsAsync(input), options));
    }

    /// <summary>Decides about the people, for the audits.</summary>
    /// <param name="inputs">The work tables, among them the staged customers.</param>
    public Task<BuiltTable> DecidePeopleAsync(IReadOnlyDictionary<string, string> inputs)
    {
        var input = new BuildInput(run, Workflow.NewGuid(), inputs);
        return Workflow.ExecuteActivityAsync((IAuditActivities audits) => audits.DecidePeopleAsync(input), Query("Decide about people"));
    }

    /// <summary>Runs all audits concurrently. Failed audits are part of the result.</summary>
    public Task<AuditSummary> AuditAsync(WorkTables workTables) => lineage.TrackAsync(
        "audit",
        workTables.Datasets(LakeTables.All),
        () => RunAuditsAsync(new(run, workTables.Names)),
        (summary, end) => end with { Audits = summary.Audits, LeftOut = summary.LeftOut });

    public Task<PublishedSnapshot> PublishAsync(PublishInput input, WorkTables workTables) => lineage.TrackAsync(
        "publish",
        workTables.Datasets(LakeTables.All),
        () => Workflow.ExecuteActivityAsync((IPublishingActivities publishing) => publishing.PublishAsync(input), Query("Publish")),
        ToPublishEvent);

    public Task<KeptSnapshot> PickSnapshotAsync(long generation) =>
        Workflow.ExecuteActivityAsync((IPublishingActivities publishing) => publishing.PickSnapshotAsync(new(run, generation)), ActivityProfiles.Catalog(run, "Pick the snapshot"));

    public Task<AuditResult> AuditConsentAsync(IReadOnlyDictionary<string, string> workTables) => AuditConsentAsync(workTables, "audit", "Audit consent");

    /// <summary>Audits the consents after the customers were staged again.</summary>
    public Task<AuditResult> AuditConsentAgainAsync(IReadOnlyDictionary<string, string> workTables) => AuditConsentAsync(workTables, "audit_again", "Audit consent again");

    public Task<PublishedSnapshot> RestoreAsync(RestoreInput input) => lineage.TrackAsync(
        "publish",
        [],
        () => Workflow.ExecuteActivityAsync((IPublishingActivities publishing) => publishing.RestoreAsync(input), ActivityProfiles.Catalog(run, "Publish again")),
        ToPublishEvent);

    /// <summary>Cleans up after the run, however it ended. If that fails, the next run cleans up.</summary>
    public async Task CleanUpAsync()
    {
        try
        {
            await Workflow.ExecuteActivityAsync((IPublishingActivities publishing) => publishing.CleanUpAsync(run), ActivityProfiles.CleanUp(run, "Clean up"));
        }
        catch (ActivityFailureException e)
        {
            Workflow.Logger.LogWarning(e, "Cleaning up after the run failed; the next run will clean up");
        }
    }

    /// <summary>Returns the event of a run's end: an abort if its snapshot was superseded.</summary>
    public static StepEvent ToEndEvent(PublishedSnapshot snapshot, StepEvent end) =>
        snapshot.Outcome == PublishOutcome.Published ? end : end with { Phase = StepPhase.Abort };

    private static StepEvent ToPublishEvent(PublishedSnapshot snapshot, StepEvent end) =>
        ToEndEvent(snapshot, snapshot.Outcome == PublishOutcome.Published ? end with { Outputs = [new(DatasetKind.Snapshot, "current", snapshot.Location)] } : end);

    private Task<BuiltTable> BuildAsync(string table, WorkTables inputs, IReadOnlyList<string> reads, Func<ActivityOptions, Task<BuiltTable>> build) => lineage.TrackAsync(
        table,
        inputs.Datasets(reads),
        () => build(Query($"Make {table}")),
        (built, end) => end with { Outputs = [Dataset.Table(built)], QueryId = built.QueryId });

    private Task<StagedSource> StageAsync(CrawledSource source, string step, string summary) => lineage.TrackAsync(
        $"{step}_{source.Source}",
        [Dataset.LandingTable(source)],
        async () =>
        {
            try
            {
                return await ReadAsync(source, summary);
            }
            catch (ActivityFailureException e) when (e.InnerException is ApplicationFailureException { ErrorType: FailureTypes.LandingChanged })
            {
                return await ReadAsync(source, summary);
            }
        },
        (staged, end) => end with { Outputs = [Dataset.Staged(staged)], QueryId = staged.Data.QueryId });

    private Task<StagedSource> ReadAsync(CrawledSource source, string summary)
    {
        var input = new StageInput(run, Workflow.NewGuid(), source);
        return Workflow.ExecuteActivityAsync((ICatalogActivities catalog) => catalog.StageAsync(input), Query($"{summary} {source.Table}"));
    }

    private Task<AuditResult> AuditConsentAsync(IReadOnlyDictionary<string, string> workTables, string step, string summary) => lineage.TrackAsync(
        step,
        [],
        () => Workflow.ExecuteActivityAsync((IAuditActivities audits) => audits.AuditConsentAsync(new(run, workTables)), Query(summary)),
        (audit, end) => end with { Audits = [audit] });

    private async Task<AuditSummary> RunAuditsAsync(AuditInput input)
    {
        var reconciliationTask = Workflow.ExecuteActivityAsync((IAuditActivities audits) => audits.ReconcileAsync(input), Query("Reconcile counts"));
        Task<AuditResult>[] auditTasks =
        [
            Workflow.ExecuteActivityAsync((IAuditActivities audits) => audits.AuditConsentAsync(input), Query("Audit consent")),
            Workflow.ExecuteActivityAsync((IAuditActivities audits) => audits.AuditPairsAsync(input), Query("Audit pairs")),
            Workflow.ExecuteActivityAsync((IAuditActivities audits) => audits.AuditUniquenessAsync(input), Query("Audit uniqueness")),
            Workflow.ExecuteActivityAsync((IAuditActivities audits) => audits.AuditIdentifyingColumnsAsync(input), Query("Audit identifying columns")),
        ];
        await Workflow.WhenAllAsync([.. auditTasks, reconciliationTask]);
        var reconciliation = await reconciliationTask;
        return new([.. await Workflow.WhenAllAsync(auditTasks), reconciliation.Audit], reconciliation.LeftOut);
    }

    private BuildInput Build(WorkTables inputs) => new(run, Workflow.NewGuid(), inputs.Names);

    private ActivityOptions Query(string summary) => ActivityProfiles.Query(run, summary);
}

/// <summary>The results of a run's audits.</summary>
/// <param name="Audits">All audits, passed and failed.</param>
/// <param name="LeftOut">The rows that were left out.</param>
internal sealed record AuditSummary(IReadOnlyList<AuditResult> Audits, IReadOnlyList<LeftOutRows> LeftOut)
{
    /// <summary>People who gave a consent and are left out nonetheless, by reason.</summary>
    public IReadOnlyList<LeftOutRows> Withheld => [.. LeftOut.Where(left => left.Table == LakeTables.CustomerTrusted && WithheldReasons.Doubtful.Contains(left.Reason))];

    /// <summary>The number of people whose records refuse their consent.</summary>
    public long Refusals => LeftOut.Where(left => left.Table == LakeTables.CustomerTrusted && WithheldReasons.Refusals.Contains(left.Reason)).Sum(left => left.Rows);

    /// <summary>Whether accepted records, which somebody may clear, withhold people or devices.</summary>
    public bool HasDoubtfulRecords => LeftOut.Any(left => left is { Table: LakeTables.CustomerTrusted, Reason: WithheldReasons.Undated } or { Table: LakeTables.StepTrainerTrusted, Reason: WithheldReasons.AmbiguousDevice });

    /// <summary>The digest of the audited tables.</summary>
    public string? Tables => Audits.Select(audit => audit.Tables).SingleOrDefault(tables => tables is not null);

    public IReadOnlyList<AuditResult> Failed => [.. Audits.Where(audit => !audit.Passed)];
}
