using Microsoft.Extensions.DependencyInjection;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Activities.Publishing;
using Stedi.Temporal.Workflows;
using Stedi.Temporal.Workflows.Contracts;
using Stedi.Temporal.Workflows.Inputs;
using Stedi.Testing;
using Temporalio.Exceptions;

namespace Stedi.EndToEnd.Tests.Pipeline;

/// <summary>Publishing to the local S3 and Glue: what readers see, also with concurrent publishers.</summary>
public sealed class PublishingTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Publish_WhenNothingIsPublished_PointsAllTablesAtTheRun()
    {
        await using var stack = await InProcessStack.StartAsync();

        var published = await PublishAsync(stack, Run("a", Noon));

        published.ShouldBe(new(PublishOutcome.Published, 1, "a", Noon, "s3://stedi-lake/snapshots/current.json"));
        (await PublishedRunsAsync(stack)).ShouldBe(["a"]);
    }

    [Fact]
    public async Task Publish_Often_LeavesNoOldVersionsOfTables()
    {
        await using var stack = await InProcessStack.StartAsync();
        foreach (var run in (string[])["a", "b", "c"])
        {
            await PublishAsync(stack, Run(run, Noon));
        }

        using var http = new HttpClient();
        var found = await AwsFixture.CallAsync(http, new(stack.Endpoint), "AWSGlue.GetTableVersions", new() { ["DatabaseName"] = "stedi", ["TableName"] = "customer_trusted" }, "worker");

        ((string)found["TableVersions"]!.AsArray().ShouldHaveSingleItem()!["VersionId"]!).ShouldBe("2");
    }

    [Fact]
    public async Task Publish_WhenRepeated_GivesTheSameResult()
    {
        await using var stack = await InProcessStack.StartAsync();

        var first = await PublishAsync(stack, Run("a", Noon));
        var again = await PublishAsync(stack, Run("a", Noon));

        again.ShouldBe(first);
        (await stack.LogAsync()).All.Count().ShouldBe(1);
    }

    [Fact]
    public async Task Publish_WhenTheKeyWasEmptiedDuringTheRun_PublishesNothing()
    {
        await using var stack = await InProcessStack.StartAsync();
        await stack.LandTextAsync("private/pseudonym_key/key.json", """{"key":""}""");

        var failure = await Should.ThrowAsync<ApplicationFailureException>(() => PublishAsync(stack, Run("a", Noon)));

        failure.ErrorType.ShouldBe(FailureTypes.MissingPseudonymKey);
        failure.NonRetryable.ShouldBeTrue();
        (await stack.Services.GetRequiredService<SnapshotStore>().ReadAsync(CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Publish_WhenALaterRunIsPublished_EndsSupersededAndChangesNothing()
    {
        await using var stack = await InProcessStack.StartAsync();
        await PublishAsync(stack, Run("new", Noon));

        var late = await PublishAsync(stack, Run("old", Noon.AddMinutes(-1)));

        late.Outcome.ShouldBe(PublishOutcome.Superseded);
        late.RunId.ShouldBe("new");
        (await PublishedRunsAsync(stack)).ShouldBe(["new"]);
    }

    [Fact]
    public async Task Publish_ByFourRunsAtOnce_KeepsTheNewest()
    {
        await using var stack = await InProcessStack.StartAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => PublishAsync(stack, Run($"run{i}", Noon.AddSeconds(i))))));

        outcomes[3].Outcome.ShouldBe(PublishOutcome.Published);
        (await PublishedRunsAsync(stack)).ShouldBe(["run3"]);
        var log = await stack.LogAsync();
        log.Current.RunId.ShouldBe("run3");
        log.Current.Generation.ShouldBe(outcomes.Count(outcome => outcome.Outcome == PublishOutcome.Published));
        log.All.Select(snapshot => snapshot.AsOf).ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public async Task OpenRun_WhenAPublisherDiedBeforeItUpdatedTables_UpdatesThem()
    {
        await using var stack = await InProcessStack.StartAsync();
        await PublishAsync(stack, Run("a", Noon));
        var store = stack.Services.GetRequiredService<SnapshotStore>();
        var (log, etag) = (await store.ReadAsync(CancellationToken.None)).ShouldNotBeNull();
        var next = log.Current with { Generation = 2, RunId = "b", AsOf = Noon.AddHours(1), Tables = [.. Tables("b").Select(table => new SnapshotTable(table.Table, table.Location, table.Rows, table.Bytes))] };
        (await store.SwapAsync(SnapshotLog.Push(log, next, 4), etag, CancellationToken.None)).ShouldBeTrue();

        await stack.InActivityAsync(async (IPublishingActivities publishing) =>
        {
            await publishing.OpenRunAsync(Run("c", Noon.AddHours(2)));
            return true;
        });

        (await PublishedRunsAsync(stack)).ShouldBe(["b"]);
    }

    [Fact]
    public async Task Publish_WithMoreSnapshotsThanAreKept_RemovesTheOldest()
    {
        await using var stack = await InProcessStack.StartAsync();

        for (var i = 0; i < 5; i++)
        {
            await PublishAsync(stack, Run($"run{i}", Noon.AddSeconds(i)), keep: 3);
        }

        (await stack.LogAsync()).All.Select(snapshot => snapshot.RunId).ShouldBe(["run4", "run3", "run2"]);
    }

    [Fact]
    public async Task Publish_WithALooserPolicy_NeedsTheFlag()
    {
        await using var stack = await InProcessStack.StartAsync();
        await PublishAsync(stack, Run("strict", Noon) with { Policy = ConsentPolicy.AtReading });

        var refused = await Should.ThrowAsync<ApplicationFailureException>(() => PublishAsync(stack, Run("loose", Noon.AddHours(1))));
        refused.ErrorType.ShouldBe(FailureTypes.LooserPolicy);
        (await PublishedRunsAsync(stack)).ShouldBe(["strict"]);

        var allowed = await PublishAsync(stack, Run("loose", Noon.AddHours(1)), allowLooser: true);
        allowed.Outcome.ShouldBe(PublishOutcome.Published);
    }

    [Fact]
    public async Task Publish_WhenCurrentJsonCannotBeRead_FailsAndLeavesIt()
    {
        await using var stack = await InProcessStack.StartAsync();
        await stack.LandTextAsync(SnapshotStore.Key, "{\"something\":\"else\"");

        var failure = await Should.ThrowAsync<ApplicationFailureException>(() => PublishAsync(stack, Run("a", Noon)));

        failure.ErrorType.ShouldBe(FailureTypes.BrokenContract);
        failure.Message.ShouldContain("snapshots/current.json");
    }

    private static RunContext Run(string id, DateTimeOffset asOf) => new(id, "lakehouse", asOf, "", ConsentPolicy.Given);

    private static Task<PublishedSnapshot> PublishAsync(InProcessStack stack, RunContext run, int keep = 4, bool allowLooser = false) =>
        stack.InActivityAsync((IPublishingActivities publishing) => publishing.PublishAsync(new(run, Tables(run.Id), keep, allowLooser) { Consents = 1, Audited = TableDigest.Of(Tables(run.Id).Select(table => (table.Table, table.Location))) }));

    private static IReadOnlyList<BuiltTable> Tables(string run) =>
    [
        .. LakeTables.All.Select(table => new BuiltTable
        {
            Table = table,
            WorkTable = $"{table}_{run}",
            Location = $"s3://stedi-lake/trusted/{table}/run={run}/1/",
            Rows = 1,
            Files = 0,
            Bytes = 0,
            Seconds = 0,
            BytesScanned = 0,
            QueryId = "q",
        }),
    ];

    private static async Task<IEnumerable<string>> PublishedRunsAsync(InProcessStack stack) =>
        (await stack.LocationsAsync()).Select(location => location.Split("run=")[1].Split('/')[0]).Distinct();
}
