using Stedi.DevStack.Temporal;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Activities.Resilience;
using Stedi.Temporal.Worker.Cli.Doctor;
using Stedi.Temporal.Worker.Hosting;
using Stedi.Testing;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;

namespace Stedi.Temporal.Worker.Tests.Cli.Doctor;

public sealed class TemporalChecksTests : IAsyncLifetime
{
    private static readonly AwsResiliencePipeline Calls = AwsResiliencePipeline.ForDiagnosis("Temporal", TimeProvider.System);
    private static readonly LakeOptions Lake = new() { Bucket = "ours", AccountId = "111111111111" };
    private readonly string _queue = $"stedi-{Guid.NewGuid()}";
    private TemporalServer _server = null!;
    private TemporalClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TemporalServer.StartAsync(new());
        _client = await TemporalClient.ConnectAsync(new(_server.Target));
    }

    [Fact]
    public async Task Run_WithoutWorkers_SaysThatNonePolls() =>
        (await QueueAsync()).ShouldBe(new("Task queue", CheckStatus.Holds, $"{_queue}, which no worker polls yet"));

    [Fact]
    public async Task Run_WithWorkersOfTheLake_Passes()
    {
        await PollAsync(WorkerIdentity.Of(Lake));

        (await QueueAsync()).Finding.ShouldBe($"{_queue}, polled by workers of this lake only");
    }

    [Fact]
    public async Task Run_WithWorkersOfAnotherLake_NamesThem()
    {
        var other = WorkerIdentity.Of(Lake with { Bucket = "theirs" });
        await PollAsync(WorkerIdentity.Of(Lake));
        await PollAsync(other);
        await PollAsync("7@elsewhere");

        var outcome = await QueueAsync();

        outcome.Holds.ShouldBeFalse();
        outcome.Finding.ShouldStartWith($"{_queue} is polled by workers that do not serve 111111111111/ours/stedi: ");
        outcome.Finding.ShouldContain(other);
        outcome.Finding.ShouldContain("7@elsewhere");
        outcome.Finding.ShouldNotContain(WorkerIdentity.Of(Lake));
        outcome.Advice!.ShouldContain("temporal.taskQueue");
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    // A poll is over before anything is done: the server remembers who polled.
    private async Task PollAsync(string identity)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var poll = _client.WorkflowService.PollActivityTaskQueueAsync(
            new() { Namespace = "default", TaskQueue = new() { Name = _queue }, Identity = identity }, new() { CancellationToken = ending.Token });
        await Eventually.AsksAsync(
            () => _client.WorkflowService.DescribeTaskQueueAsync(new() { Namespace = "default", TaskQueue = new() { Name = _queue }, TaskQueueType = TaskQueueType.Activity }),
            described => described.Pollers.Any(poller => poller.Identity == identity));
        await ending.CancelAsync();
        await ((Task)poll).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<CheckOutcome> QueueAsync()
    {
        var checks = new TemporalChecks(() => Task.FromResult(_client), Lake, _queue).All;
        (await checks[0].RunAsync(Calls, TestContext.Current.CancellationToken)).Holds.ShouldBeTrue();
        return await checks[1].RunAsync(Calls, TestContext.Current.CancellationToken);
    }
}
