using Microsoft.Extensions.Time.Testing;
using Stedi.DevStack.Temporal;
using Stedi.Temporal.Activities.Publishing;
using Stedi.Testing;
using Temporalio.Client;

namespace Stedi.Temporal.Activities.Tests.Publishing;

public sealed class RunMarkersTests(LocalLakes lakes)
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _time = new(Noon);

    [Fact]
    public async Task IsClosed_OfARunThatTheServerKnows_FollowsItsStatus()
    {
        await using var temporal = await TemporalServer.StartAsync(new());
        var client = await TemporalClient.ConnectAsync(new(temporal.Target));
        var workflow = await client.StartWorkflowAsync("Nothing", [], new($"wf-{Guid.NewGuid()}", Scenario.NewQueue()));
        var run = TestLake.NewRun(Noon) with { Id = workflow.ResultRunId.ShouldNotBeNull(), WorkflowId = workflow.Id };

        (await Markers().IsClosedAsync(run, client, CancellationToken.None)).ShouldBeFalse();
        await workflow.TerminateAsync();
        (await Markers().IsClosedAsync(run, client, CancellationToken.None)).ShouldBeTrue();
    }

    [Fact]
    public async Task IsClosed_OfARunThatTheServerDoesNotKnow_WaitsForMoreThanADay()
    {
        await using var temporal = await TemporalServer.StartAsync(new());
        var client = await TemporalClient.ConnectAsync(new(temporal.Target));
        var run = TestLake.NewRun(Noon);

        _time.Advance(TimeSpan.FromDays(1));
        (await Markers().IsClosedAsync(run, client, CancellationToken.None)).ShouldBeFalse();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        (await Markers().IsClosedAsync(run, client, CancellationToken.None)).ShouldBeTrue();
    }

    private RunMarkers Markers() => new(lakes.Shared.Objects, _time);
}
