using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Activities.Lineage;
using Stedi.Temporal.Workflows;
using Stedi.Temporal.Workflows.Contracts;
using Stedi.Temporal.Workflows.Inputs;
using Stedi.Testing;
using Temporalio.Exceptions;

namespace Stedi.EndToEnd.Tests.Pipeline;

public sealed class LineageTests
{
    [Fact]
    public async Task Events_OfACompletedRun_HaveAStartAndOneEndPerStep()
    {
        await using var stack = await InProcessStack.StartAsync();
        await stack.LandGeneratedAsync(new() { Seed = 5, Scale = 0.02 });

        var report = await stack.RunAsync();

        var events = await EventsAsync(stack, report.Run.Id);
        var steps = events.GroupBy(entry => (string)entry["run"]!["runId"]!).ToList();
        steps.Count.ShouldBe(14);
        foreach (var step in steps)
        {
            step.Select(entry => (string)entry["eventType"]!).ShouldBe(["START", "COMPLETE"], (string?)step.First()["job"]!["name"]);
        }

        events.Where(entry => (string?)entry["job"]!["name"] != "LakehouseWorkflow")
            .ShouldAllBe(entry => (string?)entry["run"]!["facets"]!["parent"]!["run"]!["runId"] == report.Run.Id);
    }

    [Fact]
    public async Task ColumnLineage_OfEveryTrainingColumn_LeadsToLandingFiles()
    {
        await using var stack = await InProcessStack.StartAsync();
        await stack.LandGeneratedAsync(new() { Seed = 5, Scale = 0.02 });

        var report = await stack.RunAsync();

        var origins = Origins(await EventsAsync(stack, report.Run.Id));
        var table = "AwsDataCatalog.stedi.machine_learning_curated";
        foreach (var column in LakeContract.Table(LakeTables.MachineLearningCurated).Columns)
        {
            Files(origins, table, column.Name).ShouldNotBeEmpty(column.Name);
        }

        Files(origins, table, "pseudonym").ShouldBe(["customer/landing"]);
        Files(origins, table, "x").ShouldBe(["accelerometer/landing"]);
        Files(origins, table, "distancefromobject").ShouldBe(["step_trainer/landing"]);
    }

    [Fact]
    public async Task ColumnLineage_OfCustomerTrusted_NamesConsentAsAFilter()
    {
        await using var stack = await InProcessStack.StartAsync();
        await stack.LandGeneratedAsync(new() { Seed = 5, Scale = 0.02 });

        var report = await stack.RunAsync(new() { ConsentPolicy = ConsentPolicy.AtReading });

        var made = Outputs(await EventsAsync(stack, report.Run.Id)).First(output => (string?)output["name"] == "AwsDataCatalog.stedi.customer_trusted");
        ((string?)made["facets"]!["stedi_consent"]!["policy"]).ShouldBe("AtReading");
        made["facets"]!["columnLineage"]!["dataset"]!.AsArray()
            .ShouldContain(source => (string?)source!["field"] == "sharewithresearchasofdate" && (string?)source["transformations"]![0]!["subtype"] == "FILTER");
    }

    [Fact]
    public async Task Events_WhenTheRunFails_EndWithFailAndTheFailureType()
    {
        await using var stack = await InProcessStack.StartAsync();

        var handle = await stack.StartRunAsync();
        await Should.ThrowAsync<WorkflowFailedException>(() => handle.GetResultAsync());

        var last = (await EventsAsync(stack, handle.ResultRunId!))[^1];
        ((string?)last["eventType"]).ShouldBe("FAIL");
        ((string?)last["job"]!["name"]).ShouldBe("LakehouseWorkflow");
        ((string?)last["run"]!["facets"]!["errorMessage"]!["message"]).ShouldBe(FailureTypes.BrokenContract);
    }

    [Fact]
    public void RunId_OfAStep_IsDerivedFromRunAndStep()
    {
        var run = Guid.NewGuid().ToString();

        OpenLineageRunId.Of(run, "").ShouldBe(Guid.Parse(run));
        OpenLineageRunId.Of(run, "audit").ShouldBe(OpenLineageRunId.Of(run, "audit"));
        OpenLineageRunId.Of(run, "audit").ShouldNotBe(OpenLineageRunId.Of(run, "publish"));
        OpenLineageRunId.Of(run, "audit").Version.ShouldBe(5);
    }

    internal static async Task<IReadOnlyList<JsonNode>> EventsAsync(InProcessStack stack, string runId)
    {
        var objects = stack.Services.GetRequiredService<LakeObjects>();
        var events = new List<JsonNode>();
        foreach (var file in await objects.ListAsync(LineageActivities.PrefixOf(runId), CancellationToken.None))
        {
            var text = (await objects.ReadAsync(file.Key, CancellationToken.None)).ShouldNotBeNull().Text;
            events.AddRange(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!));
        }

        return events;
    }

    private static IEnumerable<JsonNode> Outputs(IEnumerable<JsonNode> events) => events.SelectMany(entry => entry["outputs"]!.AsArray()).Select(output => output!);

    // The source columns of each column.
    private static ILookup<(string Dataset, string Column), (string Dataset, string Column)> Origins(IEnumerable<JsonNode> events) =>
        (from output in Outputs(events)
         where output["facets"]!["columnLineage"] is not null
         from field in output["facets"]!["columnLineage"]!["fields"]!.AsObject()
         from source in field.Value!["inputFields"]!.AsArray()
         select (To: ((string)output["name"]!, field.Key), From: ((string)source!["name"]!, (string)source["field"]!)))
        .ToLookup(edge => edge.To, edge => edge.From);

    private static IEnumerable<string> Files(ILookup<(string Dataset, string Column), (string Dataset, string Column)> origins, string dataset, string column) =>
        origins[(dataset, column)].SelectMany(source => source.Dataset.StartsWith("AwsDataCatalog.", StringComparison.Ordinal)
            ? Files(origins, source.Dataset, source.Column)
            : [source.Dataset]).Distinct();
}
