using System.Text.Json.Nodes;
using Stedi.Temporal.Workflows.Contracts;
using Stedi.Testing;

namespace Stedi.Temporal.Activities.Tests.Lineage;

public sealed class LineageActivitiesTests(LocalLakes lakes)
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly StepEvent[] Events =
    [
        new() { Step = "customer_trusted", Phase = StepPhase.Start, At = Noon },
        new() { Step = "customer_trusted", Phase = StepPhase.Fail, At = Noon.AddSeconds(1), FailureType = "BadQuery", QueryId = "query-1" },
    ];

    [Fact]
    public async Task Record_WithEvents_WritesThemToTheLakeInOrder()
    {
        var lake = await lakes.NewAsync();

        await RecordAsync(lake, 12);

        (await lake.KeysAsync("lineage/")).ShouldBe([$"lineage/run={lake.Run.Id}/000012.ndjson"]);
        var recorded = await ReadAsync(lake, 12);
        recorded.Select(happened => (string?)happened["eventType"]).ShouldBe(["START", "FAIL"]);
        recorded.Select(happened => (string?)happened["run"]!["runId"]).Distinct().Count().ShouldBe(1);
        ((string?)recorded[1]["job"]!["name"]).ShouldBe("LakehouseWorkflow.customer_trusted");
        ((string?)recorded[1]["run"]!["facets"]!["parent"]!["run"]!["runId"]).ShouldBe(lake.Run.Id);
        recorded[1]["run"]!["facets"]!["errorMessage"]!.ToJsonString().ShouldContain("BadQuery");
        recorded[1]["run"]!["facets"]!["externalQuery"]!.ToJsonString().ShouldContain("query-1");
    }

    [Fact]
    public async Task Record_WhenRepeated_ReplacesItsBatch()
    {
        var lake = await lakes.NewAsync();

        await RecordAsync(lake, 1);
        await RecordAsync(lake, 1);

        (await lake.KeysAsync("lineage/")).Count.ShouldBe(1);
        (await ReadAsync(lake, 1)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Record_WithAnEndpoint_SendsEveryEventToIt()
    {
        await using var endpoint = await ScriptedEndpoint.StartAsync();
        endpoint.Answer("", 201).Answer("", 201);
        var lake = await lakes.NewAsync(options => options with { OpenLineageUrl = new(endpoint.Url + "/api/v1/lineage") });

        await RecordAsync(lake, 1);

        endpoint.Requests.Select(request => (request.Method, request.Path)).ShouldBe([("POST", "/api/v1/lineage"), ("POST", "/api/v1/lineage")]);
        endpoint.Requests.Select(request => (string?)JsonNode.Parse(request.Body)!["eventType"]).ShouldBe(["START", "FAIL"]);
    }

    [Fact]
    public async Task Record_WhenTheEndpointFails_FailsAfterWritingToTheLake()
    {
        await using var endpoint = await ScriptedEndpoint.StartAsync();
        endpoint.Answer("", 500);
        var lake = await lakes.NewAsync(options => options with { OpenLineageUrl = new(endpoint.Url) });

        await Should.ThrowAsync<HttpRequestException>(() => RecordAsync(lake, 1));

        (await ReadAsync(lake, 1)).Count.ShouldBe(2);
    }

    private static Task RecordAsync(TestLake lake, int batch) =>
        lake.InActivityAsync((ILineageActivities lineage) => lineage.RecordLineageAsync(new(lake.Run, batch, Events)));

    private static async Task<List<JsonNode>> ReadAsync(TestLake lake, int batch)
    {
        var read = await lake.Objects.ReadAsync($"lineage/run={lake.Run.Id}/{batch:D6}.ndjson", CancellationToken.None);
        return [.. read.ShouldNotBeNull().Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }
}
