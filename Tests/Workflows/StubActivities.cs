using System.Collections.Concurrent;
using Stedi.Temporal.Workflows.Contracts;
using Temporalio.Activities;

namespace Stedi.Temporal.Workflows.Tests;

/// <summary>All activities, stubbed: each call goes to the test whose workflow makes it.</summary>
internal sealed class StubActivities : ICatalogActivities, IConsentActivities, ICurationActivities, ISensorActivities, IAuditActivities, IPublishingActivities, ILineageActivities
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly ConcurrentDictionary<string, StubRun> _runs = new(StringComparer.Ordinal);

    public void Add(StubRun run) => _runs[run.WorkflowId] = run;

    public async Task<CrawledSource> CrawlAsync(CrawlInput input)
    {
        await Run.CallAsync($"Crawl {input.Source}", input);
        return new() { Source = input.Source, Table = $"{input.Source}_landing", Location = $"s3://lake/{input.Source}/landing/", Files = 2, Bytes = 20, Seconds = 1, Notes = [] };
    }

    public async Task<StagedSource> StageAsync(StageInput input)
    {
        var source = input.Source.Source;
        await Run.CallAsync($"Stage {source}", input);
        var rejected = Run.Rejected.GetValueOrDefault(source);
        var staged = new StagedSource
        {
            Source = source,
            Data = Built($"{source}_staged"),
            Accepted = 100 - rejected,
            Rejected = rejected,
            Files = 2,
            Listing = "as staged",
            Rejections = rejected == 0 ? [] : [new("s3://lake/bad.json", "no email", rejected)],
        };
        return Run.OnStaged(staged);
    }

    public async Task<QuarantinedLines> QuarantineRecordsAsync(QuarantineInput input)
    {
        await Run.CallAsync("QuarantineRecords", input);
        return new("s3://lake/quarantine/customer/", 2);
    }

    public async Task<string> ListAsync(ListInput input)
    {
        await Run.CallAsync($"List {input.Source.Source}", input);
        return Run.CustomersChange ? "another" : "as staged";
    }

    public async Task<QuarantinedLines> QuarantineAsync(QuarantineInput input)
    {
        await Run.CallAsync($"Quarantine {input.Staged.Source}", input);
        return new($"s3://lake/quarantine/{input.Staged.Source}/", input.Staged.Rejected);
    }

    public Task<BuiltTable> FilterCustomersAsync(BuildInput input) => BuildAsync("FilterCustomers", LakeTables.CustomerTrusted, input);

    public Task<BuiltTable> FilterAccelerometerAsync(BuildInput input) => BuildAsync("FilterAccelerometer", LakeTables.AccelerometerTrusted, input);

    public Task<BuiltTable> CurateCustomersAsync(BuildInput input) => BuildAsync("CurateCustomers", LakeTables.CustomersCurated, input);

    public Task<BuiltTable> FilterStepTrainerAsync(BuildInput input) => BuildAsync("FilterStepTrainer", LakeTables.StepTrainerTrusted, input);

    public Task<BuiltTable> JoinSensorsAsync(BuildInput input) => BuildAsync("JoinSensors", LakeTables.MachineLearningCurated, input);

    public Task<BuiltTable> DecidePeopleAsync(BuildInput input) => BuildAsync("DecidePeople", IAuditActivities.DecidedPeople, input);

    public async Task<AuditResult> AuditConsentAsync(AuditInput input) => await AuditAsync("AuditConsent", input) with { Tables = "audited" };

    public Task<AuditResult> AuditPairsAsync(AuditInput input) => AuditAsync("AuditPairs", input);

    public Task<AuditResult> AuditUniquenessAsync(AuditInput input) => AuditAsync("AuditUniqueness", input);

    public Task<AuditResult> AuditIdentifyingColumnsAsync(AuditInput input) => AuditAsync("AuditIdentifyingColumns", input);

    public async Task<Reconciliation> ReconcileAsync(AuditInput input) =>
        new(await AuditAsync("Reconcile", input), Run.LeftOut);

    public async Task<RunContext> OpenRunAsync(RunContext run)
    {
        await Run.CallAsync("OpenRun", run);
        return run with { Id = ActivityExecutionContext.Current.Info.WorkflowRunId!, Lake = Run.Lake };
    }

    public async Task<PublishedSnapshot> PublishAsync(PublishInput input)
    {
        await Run.CallAsync("Publish", input);
        return new(Run.Outcome, 4, input.Run.Id, Noon, "s3://lake/snapshots/current.json");
    }

    public async Task<KeptSnapshot> PickSnapshotAsync(PickSnapshotInput input)
    {
        await Run.CallAsync("PickSnapshot", input);
        return Run.Kept;
    }

    public async Task<PublishedSnapshot> RestoreAsync(RestoreInput input)
    {
        await Run.CallAsync("Restore", input);
        return new(Run.Outcome, 5, input.Run.Id, Noon, "s3://lake/snapshots/current.json");
    }

    public Task CleanUpAsync(RunContext run) => Run.CallAsync("CleanUp", run);

    public Task RecordLineageAsync(RecordLineageInput input) => Run.RecordAsync(input);

    private StubRun Run => _runs[ActivityExecutionContext.Current.Info.WorkflowId!];

    private async Task<BuiltTable> BuildAsync(string step, string table, BuildInput input)
    {
        await Run.CallAsync(step, input);
        return Built(table);
    }

    private async Task<AuditResult> AuditAsync(string step, AuditInput input)
    {
        await Run.CallAsync(step, input);
        return Run.BrokenAudit == step && Run.BrokenWhen(Run.Calls.Count(called => called == step)) ? new(step, 2, 10, "2 in a_table") : new(step, 0, 10);
    }

    private static BuiltTable Built(string table) => new()
    {
        Table = table,
        WorkTable = $"{table}_work",
        Location = $"s3://lake/{table}/",
        Rows = 10,
        Files = 1,
        Bytes = 100,
        Seconds = 1,
        BytesScanned = 1000,
        QueryId = $"query of {table}",
    };
}
