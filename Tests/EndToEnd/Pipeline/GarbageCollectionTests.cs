using Microsoft.Extensions.DependencyInjection;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Activities.Publishing;
using Stedi.Temporal.Workflows;
using Stedi.Temporal.Workflows.Contracts;
using Stedi.Temporal.Workflows.Inputs;
using Stedi.Testing;

namespace Stedi.EndToEnd.Tests.Pipeline;

/// <summary>What a run removes when it ends, and what is never removed.</summary>
public sealed class GarbageCollectionTests
{
    [Fact]
    public async Task CleanUp_OfOldObjects_RemovesResultsAndQuarantinedLinesOnly()
    {
        await using var stack = await InProcessStack.StartAsync();
        string[] prefixes = ["results/", "quarantine/customer_rejected/run=a/1-0/", "lineage/run=a/", "private/x/", "customer/landing/"];
        foreach (var prefix in prefixes)
        {
            await stack.LandTextAsync(prefix + "old.txt", "x");
            await stack.LandTextAsync(prefix + "new.txt", "x");
            Age(stack, prefix + "old.txt", TimeSpan.FromDays(7.1));
            Age(stack, prefix + "new.txt", TimeSpan.FromDays(6.9));
        }

        await CleanUpAsync(stack, Run());

        (await ExistAsync(stack, "results/old.txt", "quarantine/customer_rejected/run=a/1-0/old.txt")).ShouldBeEmpty();
        string[] stay = [.. prefixes.Select(prefix => prefix + "new.txt"), .. prefixes.Skip(2).Select(prefix => prefix + "old.txt")];
        (await ExistAsync(stack, stay)).ShouldBe(stay);
    }

    [Fact]
    public async Task CleanUp_OfClosedRuns_KeepsWhatCurrentJsonOrATablePointsAt()
    {
        await using var stack = await InProcessStack.StartAsync();
        await stack.LandGeneratedAsync(new() { Seed = 3, Scale = 0.02 });
        await stack.RunAsync();
        var published = (await stack.LogAsync()).Current.Tables.Select(table => table.Location).ToList();
        // One table points at a snapshot that is not in the log.
        await stack.LandTextAsync("trusted/customer_trusted/run=elsewhere/1-0/data", "x");
        await PointAsync(stack, LakeTables.CustomerTrusted, "s3://stedi-lake/trusted/customer_trusted/run=elsewhere/1-0/");
        await stack.LandTextAsync("trusted/customer_trusted/run=dead/1-0/data", "x");
        await stack.LandTextAsync("curated/machine_learning_curated/run=dead/1-0/data", "x");
        await stack.LandTextAsync("staged/customer_staged/run=dead/1-0/data", "x");
        await stack.LandTextAsync("trusted/notes.txt", "of somebody else");

        await CleanUpAsync(stack, Run());

        foreach (var location in published)
        {
            (await ListAsync(stack, location["s3://stedi-lake/".Length..])).ShouldNotBeEmpty(location);
        }

        (await ListAsync(stack, "trusted/customer_trusted/run=elsewhere/")).ShouldNotBeEmpty("A table points at it.");
        (await ListAsync(stack, "trusted/notes.txt")).ShouldNotBeEmpty("No run made it.");
        (await ListAsync(stack, "trusted/customer_trusted/run=dead/")).ShouldBeEmpty();
        (await ListAsync(stack, "curated/machine_learning_curated/run=dead/")).ShouldBeEmpty();
        (await ListAsync(stack, "staged/customer_staged/run=dead/")).ShouldBeEmpty();
    }

    [Fact]
    public async Task CleanUp_WhileAnotherRunIsOpen_KeepsItsOutputUntilItEnds()
    {
        await using var stack = await InProcessStack.StartAsync();
        // No worker polls this task queue, so the run stays open.
        var handle = await stack.Client.StartWorkflowAsync(
            (LakehouseWorkflow workflow) => workflow.RunAsync(new()), new($"lakehouse-{Guid.NewGuid()}", $"nobody-{Guid.NewGuid()}"));
        var other = new RunContext(handle.ResultRunId!, handle.Id, TimeProvider.System.GetUtcNow(), "", ConsentPolicy.Given);
        var openRuns = stack.Services.GetRequiredService<RunMarkers>();
        await openRuns.WriteAsync(other, Token);
        await stack.LandTextAsync($"staged/customer_staged/run={other.Id}/1-0/data", "x");

        await CleanUpAsync(stack, Run());
        (await ListAsync(stack, $"staged/customer_staged/run={other.Id}/")).ShouldNotBeEmpty();

        await handle.TerminateAsync();
        await CleanUpAsync(stack, Run());
        (await ListAsync(stack, $"staged/customer_staged/run={other.Id}/")).ShouldBeEmpty();
        (await openRuns.ListAsync(Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task CleanUp_AfterSixRuns_KeepsTheFilesOfFourSnapshots()
    {
        await using var stack = await InProcessStack.StartAsync();
        await stack.LandGeneratedAsync(new() { Seed = 3, Scale = 0.01 });
        var runs = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            runs.Add((await stack.RunAsync()).Run.Id);
        }

        (await stack.LogAsync()).All.Select(snapshot => snapshot.RunId).ShouldBe(runs.AsEnumerable().Reverse().Take(4));
        foreach (var (run, index) in runs.Select((run, index) => (run, index)))
        {
            (await ListAsync(stack, $"trusted/customer_trusted/run={run}/")).Count.ShouldBe(index < 2 ? 0 : 1, $"run {index}");
            (await ListAsync(stack, $"staged/customer_staged/run={run}/")).ShouldBeEmpty();
        }

        (await stack.Glue.GetTablesAsync(new() { DatabaseName = stack.Lake.WorkDatabase })).TableList.ShouldBeEmpty();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static RunContext Run() => new(Guid.NewGuid().ToString(), "test", TimeProvider.System.GetUtcNow(), "", ConsentPolicy.Given);

    private static Task CleanUpAsync(InProcessStack stack, RunContext run) => stack.InActivityAsync(async (IPublishingActivities publishing) =>
    {
        await publishing.CleanUpAsync(run);
        return true;
    }, new() { TemporalClient = stack.Client });

    private static void Age(InProcessStack stack, string key, TimeSpan age) =>
        File.SetLastWriteTimeUtc(Path.Combine(stack.LakeDirectory, key), (TimeProvider.System.GetUtcNow() - age).UtcDateTime);

    private static async Task<IReadOnlyList<string>> ListAsync(InProcessStack stack, string prefix) =>
        [.. (await stack.Services.GetRequiredService<LakeObjects>().ListAsync(prefix, Token)).Select(found => found.Key)];

    private static async Task<IReadOnlyList<string>> ExistAsync(InProcessStack stack, params string[] keys)
    {
        var all = (await ListAsync(stack, "")).ToHashSet();
        return [.. keys.Where(all.Contains)];
    }

    private static async Task PointAsync(InProcessStack stack, string table, string location)
    {
        var found = (await stack.Glue.GetTableAsync(new() { DatabaseName = stack.Lake.Database, Name = table })).Table;
        found.StorageDescriptor.Location = location;
        await stack.Glue.UpdateTableAsync(new()
        {
            DatabaseName = stack.Lake.Database,
            TableInput = new() { Name = table, TableType = found.TableType, Parameters = found.Parameters, StorageDescriptor = found.StorageDescriptor },
        });
    }
}
