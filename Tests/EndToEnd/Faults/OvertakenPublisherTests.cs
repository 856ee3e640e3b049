using Microsoft.Extensions.DependencyInjection;
using Stedi.EndToEnd.Tests.Pipeline;
using Stedi.Temporal.Activities.Publishing;
using Stedi.Temporal.Workflows.Contracts;
using Stedi.Testing.Faults;

namespace Stedi.EndToEnd.Tests.Faults;

/// <summary>A slow publisher: another one publishes between its read and its write.</summary>
public sealed class OvertakenPublisherTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Publish_WhenATableUpdateComesTooLate_DoesNotUndoTheNewerOne(int flipsBefore)
    {
        await using var lake = await FaultyLake.StartAsync();
        await lake.RunAsync();
        var newer = Later((await lake.Stack.LogAsync()).Current);
        lake.Proxy.On("glue:UpdateTable", Fault.Overtaken(() => PublishAsync(lake, newer)), after: flipsBefore);

        var slow = await lake.RunAsync();

        slow.Snapshot.Outcome.ShouldBe(PublishOutcome.Published, "It was the current snapshot, for a moment.");
        lake.Proxy.Faults("glue:UpdateTable").ShouldBe(1);
        (await lake.Stack.LogAsync()).Current.RunId.ShouldBe(newer.RunId);
        (await lake.Stack.LocationsAsync()).ShouldBe(newer.Tables.Select(table => table.Location));
    }

    [Fact]
    public async Task Publish_WhenAnotherRunPublishesBeforeTheSwap_EndsSuperseded()
    {
        await using var lake = await FaultyLake.StartAsync();
        await lake.RunAsync();
        var newer = Later((await lake.Stack.LogAsync()).Current);
        lake.Proxy.On("s3:PutObject /snapshots/current.json", Fault.Overtaken(() => PublishAsync(lake, newer)));

        var slow = await lake.RunAsync();

        slow.Snapshot.Outcome.ShouldBe(PublishOutcome.Superseded);
        slow.Snapshot.RunId.ShouldBe(newer.RunId);
        (await lake.Stack.LogAsync()).All.Select(snapshot => snapshot.RunId).ShouldNotContain(slow.Run.Id);
        (await lake.Stack.LocationsAsync()).ShouldBe(newer.Tables.Select(table => table.Location));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Snapshot Later(Snapshot now) => now with
    {
        RunId = Guid.NewGuid().ToString(),
        AsOf = TimeProvider.System.GetUtcNow().AddHours(1),
        Tables = [.. now.Tables.Select(table => table with { Location = table.Location.Replace("run=", "run=newer-", StringComparison.Ordinal) })],
    };

    private static Task PublishAsync(FaultyLake lake, Snapshot newer) => lake.Stack.Services.GetRequiredService<SnapshotPublisher>().PublishAsync(
        new(newer.RunId, "newer", newer.AsOf, "", newer.Policy), _ => Task.FromResult(newer), allowLooserPolicy: true, snapshotsToKeep: null, Token);
}
