using Amazon.Athena;
using Amazon.Athena.Model;
using Microsoft.Extensions.Time.Testing;
using Stedi.DevStack.Temporal;
using Stedi.Temporal.Activities.Athena;
using Stedi.Temporal.Activities.Publishing;
using Stedi.Temporal.Activities.Tests.Athena;
using Stedi.Temporal.Workflows.Contracts;
using Temporalio.Client;

namespace Stedi.Temporal.Activities.Tests.Publishing;

public sealed class LakeGarbageCollectorTests(LocalLakes lakes)
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    // Connects when it is called, and without other runs it is not.
    private static readonly ITemporalClient NoServer = TemporalClient.CreateLazy(new("127.0.0.1:1"));

    [Fact]
    public async Task Collect_WithSnapshots_KeepsTheirFilesAndThoseOfPublishedTables()
    {
        var lake = await lakes.NewAsync();
        // The tables still show a snapshot that is not kept any more, as they do while a publisher is at work.
        var (shown, previous, current, unpublished) = (NewSnapshot(lake, 1), NewSnapshot(lake, 2), NewSnapshot(lake, 3), Snapshots.New(lake, lake.Run, 4));
        await Snapshots.WriteAsync(lake, shown);
        await Snapshots.PublishTablesAsync(lake, shown);
        await Snapshots.WriteAsync(lake, current, previous);
        foreach (var snapshot in (Snapshot[])[shown, previous, current, unpublished])
        {
            await WriteFilesAsync(lake, snapshot);
        }

        await CollectAsync(lake, lake.Run);

        (await OutputAsync(lake)).ShouldBe([.. Files(lake, shown), .. Files(lake, previous), .. Files(lake, current)], ignoreOrder: true);
    }

    [Fact]
    public async Task Collect_WithoutSnapshots_RemovesTheFilesOfTheRun()
    {
        var lake = await lakes.NewAsync();
        await WriteFilesAsync(lake, Snapshots.New(lake, lake.Run, 1));
        await lake.PutAsync($"staged/customer_staged/run={lake.Run.Id}/1/data", "x");

        await CollectAsync(lake, lake.Run);

        (await OutputAsync(lake)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(1, false)]
    public async Task Collect_OfResultsAndQuarantine_RemovesWhatIsOlderThanTheExpiry(int hoursAfterExpiry, bool keeps)
    {
        var lake = await lakes.NewAsync();
        var others = await lake.KeysAsync("");
        string[] keys = ["quarantine/customer_rejected/run=1/1/data", "results/runs/1.csv"];
        foreach (var key in keys)
        {
            await lake.PutAsync(key, "x");
        }

        await CollectAsync(lake, lake.Run, time: new FakeTimeProvider(TimeProvider.System.GetUtcNow() + lake.Options.Expiry + TimeSpan.FromHours(hoursAfterExpiry)));

        (await lake.KeysAsync("")).ShouldBe([.. others, .. keeps ? keys : []], ignoreOrder: true);
    }

    [Fact]
    public async Task Collect_WhileQueriesRun_StopsThoseOfEndedRuns()
    {
        await using var temporal = await TemporalServer.StartAsync(new());
        var lake = await lakes.NewAsync();
        var (run, open, dead) = (TestLake.NewRun(Now), TestLake.NewRun(Now), TestLake.NewRun(Now.AddDays(-2)));
        foreach (var marked in (RunContext[])[run, open, dead])
        {
            await Markers(lake).WriteAsync(marked, CancellationToken.None);
        }

        using var athena = new FakeAthena();
        athena.Listed.AddRange(
        [
            Query("of the run", run, Now),
            Query("of an open run", open, Now),
            // The clocks of Athena and Temporal differ.
            Query("of a dead run", dead, dead.AsOf.AddMinutes(-9)),
            Query("before all ended runs", dead, dead.AsOf.AddMinutes(-11)),
        ]);

        await CollectAsync(lake, run, await TemporalClient.ConnectAsync(new(temporal.Target)), athena);

        athena.Stopped.ShouldBe(["of the run", "of a dead run"], ignoreOrder: true);
    }

    private static async Task CollectAsync(TestLake lake, RunContext run, ITemporalClient? client = null, FakeAthena? athena = null, TimeProvider? time = null)
    {
        using var none = new FakeAthena();
        var queries = new AthenaQueries(athena ?? none, lake.Options, TimeProvider.System);
        await new LakeGarbageCollector(lake.Objects, lake.Catalog, queries, new(lake.Objects), Markers(lake), lake.Options, time ?? TimeProvider.System)
            .CollectAsync(run, client ?? NoServer, CancellationToken.None);
    }

    private static RunMarkers Markers(TestLake lake) => new(lake.Objects, TimeProvider.System);

    private static Snapshot NewSnapshot(TestLake lake, long generation) => Snapshots.New(lake, TestLake.NewRun(lake.Run.AsOf.AddMinutes(-generation)), generation);

    private static QueryExecution Query(string id, RunContext run, DateTimeOffset submitted) => new()
    {
        QueryExecutionId = id,
        Query = $"SELECT * FROM {SqlNames.WorkTable("customer_staged", run)}",
        Status = new() { State = QueryExecutionState.RUNNING, SubmissionDateTime = submitted.UtcDateTime },
    };

    private static IEnumerable<string> Files(TestLake lake, Snapshot snapshot) => snapshot.Tables.Select(table => $"{lake.Objects.Key(table.Location)}data");

    private static async Task WriteFilesAsync(TestLake lake, Snapshot snapshot)
    {
        foreach (var file in Files(lake, snapshot))
        {
            await lake.PutAsync(file, "x");
        }
    }

    private static async Task<IReadOnlyList<string>> OutputAsync(TestLake lake) =>
        [.. await lake.KeysAsync("staged/"), .. await lake.KeysAsync("trusted/"), .. await lake.KeysAsync("curated/")];
}
