using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Stedi.DevStack.Landing.Model;
using Stedi.EndToEnd.Tests.OpenLineage;
using Stedi.Temporal.Activities.Publishing;
using Stedi.Temporal.Workflows.Contracts;
using Stedi.Temporal.Workflows.Inputs;
using Stedi.Testing;
using Temporalio.Api.Enums.V1;
using Temporalio.Exceptions;

namespace Stedi.EndToEnd.Tests.Pipeline;

/// <summary>Events of runs with every outcome are valid against OpenLineage's published schemas.</summary>
public sealed class LineageSchemaTests
{
    private static readonly OpenLineageSchemas Schemas = new();

    [Fact]
    public async Task Events_OfRunsWithEveryOutcome_AreValid()
    {
        await using var stack = await StartAsync();
        var events = new List<JsonNode>();

        events.AddRange(await EventsAsync(stack, (await stack.RunAsync(new() { RejectedLinesLimit = 1 })).Run.Id, "COMPLETE"));
        events.AddRange(await EventsAsync(stack, (await stack.RunAsync(new() { ConsentPolicy = ConsentPolicy.AtReading, RejectedLinesLimit = 1 })).Run.Id, "COMPLETE"));
        events.AddRange(await EventsAsync(stack, (await stack.RollBackAsync(new() { AllowLooserPolicy = true })).Run.Id, "COMPLETE"));
        events.AddRange(await EventsAsync(stack, await FailAsync(stack, new() { RejectedLinesLimit = 0 }), "FAIL"));
        events.AddRange(await EventsAsync(stack, await CancelAsync(stack), "ABORT"));
        await PublishLaterAsync(stack);
        var superseded = await stack.RunAsync(new() { RejectedLinesLimit = 1 });
        superseded.Snapshot.Outcome.ShouldBe(PublishOutcome.Superseded);
        events.AddRange(await EventsAsync(stack, superseded.Run.Id, "ABORT"));

        events.Count.ShouldBeGreaterThan(100);
        events.SelectMany(Schemas.Errors).ShouldBeEmpty();
    }

    [Fact]
    public async Task Events_OfARunThatAnAuditStops_AreValid()
    {
        await using var stack = await InProcessStack.StartAsync(services => services.AddScoped<IAuditActivities, FailingAudits>());
        await stack.LandGeneratedAsync(new() { Seed = 5, Scale = 0.02 });

        var events = await EventsAsync(stack, await FailAsync(stack, new()), "FAIL");

        ((await stack.S3.ListObjectsV2Async(new() { BucketName = stack.Lake.Bucket, Prefix = "snapshots/" }, Token)).S3Objects ?? []).ShouldBeEmpty("Nothing is published.");
        events.ShouldContain(happened => (string?)happened["job"]!["name"] == "LakehouseWorkflow.audit" && (string?)happened["eventType"] == "COMPLETE");
        events.SelectMany(Schemas.Errors).ShouldBeEmpty();
    }

    [Fact]
    public async Task Errors_OfInvalidEvents_AreFound()
    {
        await using var stack = await InProcessStack.StartAsync();
        await stack.LandGeneratedAsync(new() { Seed = 5, Scale = 0.02 });
        var events = await EventsAsync(stack, (await stack.RunAsync()).Run.Id, "COMPLETE");
        events[0]["run"]!["runId"] = "no uuid";
        events[1]["job"]!["facets"]!["jobType"]!.AsObject().Remove("processingType");
        events[2]["run"]!["facets"]!["invented"] = new JsonObject { ["_producer"] = "https://example.com", ["_schemaURL"] = "https://example.com/Invented.json" };

        var errors = events.SelectMany(Schemas.Errors).ToList();

        errors.ShouldContain(error => error.Contains("\"uuid\""));
        errors.ShouldContain(error => error.Contains("[\"processingType\"]"));
        errors.ShouldContain(error => error.EndsWith("no schema for https://example.com/Invented.json"));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task<InProcessStack> StartAsync()
    {
        var stack = await InProcessStack.StartAsync();
        await stack.LandGeneratedAsync(new() { Seed = 5, Scale = 0.02, Defects = LandingDefects.MalformedLines });
        return stack;
    }

    private static async Task<string> FailAsync(InProcessStack stack, LakehouseInput input)
    {
        var handle = await stack.StartRunAsync(input);
        await Should.ThrowAsync<WorkflowFailedException>(() => handle.GetResultAsync());
        return handle.ResultRunId!;
    }

    private static async Task<string> CancelAsync(InProcessStack stack)
    {
        var handle = await stack.StartRunAsync(new() { RejectedLinesLimit = 1 });
        await Eventually.AsksAsync(() => handle.FetchHistoryAsync(), history => history.Events.Any(entry => entry.EventType == EventType.ActivityTaskCompleted));
        await handle.CancelAsync();
        (await Should.ThrowAsync<WorkflowFailedException>(() => handle.GetResultAsync())).InnerException.ShouldBeOfType<CanceledFailureException>();
        return handle.ResultRunId!;
    }

    // Publishes as a run would that starts after the next one and ends before it.
    private static async Task PublishLaterAsync(InProcessStack stack)
    {
        var publisher = stack.Services.GetRequiredService<SnapshotPublisher>();
        var store = stack.Services.GetRequiredService<SnapshotStore>();
        var now = (await store.ReadAsync(Token)).ShouldNotBeNull().Log.Current;
        var later = new RunContext(Guid.NewGuid().ToString(), "later", TimeProvider.System.GetUtcNow().AddHours(1), "", now.Policy);
        await publisher.PublishAsync(later, _ => Task.FromResult(now with { RunId = later.Id, AsOf = later.AsOf }), allowLooserPolicy: true, snapshotsToKeep: null, Token);
    }

    private static async Task<IReadOnlyList<JsonNode>> EventsAsync(InProcessStack stack, string runId, string ended)
    {
        var events = await LineageTests.EventsAsync(stack, runId);
        ((string?)events[^1]["job"]!["name"]).ShouldBe("LakehouseWorkflow");
        ((string?)events[^1]["eventType"]).ShouldBe(ended);
        foreach (var step in events.GroupBy(entry => (string)entry["run"]!["runId"]!))
        {
            step.First()["eventType"]!.ToString().ShouldBe("START");
            step.Count().ShouldBe(2, "A START and one terminal event.");
        }

        return events;
    }

    /// <summary>Finds a row that nobody agreed to, in sound tables.</summary>
    private sealed class FailingAudits : IAuditActivities
    {
        public Task<BuiltTable> DecidePeopleAsync(BuildInput input) => Task.FromResult(new BuiltTable
        {
            Table = IAuditActivities.DecidedPeople,
            WorkTable = "none",
            Location = "s3://none/",
            Rows = 0,
            Files = 0,
            Bytes = 0,
            Seconds = 0,
            BytesScanned = 0,
            QueryId = "none",
        });

        public Task<AuditResult> AuditConsentAsync(AuditInput input) => Task.FromResult(new AuditResult("consent", 1, 10, "1 in customer_trusted"));

        public Task<AuditResult> AuditUniquenessAsync(AuditInput input) => Passed("uniqueness");

        public Task<AuditResult> AuditPairsAsync(AuditInput input) => Passed("pairs");

        public Task<AuditResult> AuditIdentifyingColumnsAsync(AuditInput input) => Passed("columns");

        public async Task<Reconciliation> ReconcileAsync(AuditInput input) => new(await Passed("reconciliation"), []);

        private static Task<AuditResult> Passed(string name) => Task.FromResult(new AuditResult(name, 0, 10, null));
    }
}
