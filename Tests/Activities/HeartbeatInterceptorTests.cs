using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using Temporalio.Converters;
using Temporalio.Testing;
using Temporalio.Worker.Interceptors;

namespace Stedi.Temporal.Activities.Tests;

/// <summary>A step that waits for anything heartbeats, so that only a worker that is gone misses its heartbeats.</summary>
public sealed class HeartbeatInterceptorTests
{
    private static readonly IPayloadConverter Payloads = DataConverter.Default.PayloadConverter;
    private readonly FakeTimeProvider _time = new();
    private readonly Channel<string?> _heartbeats = Channel.CreateUnbounded<string?>();
    private readonly TaskCompletionSource<object?> _end = new();

    [Theory]
    [InlineData(30, 1)]
    [InlineData(1.5, 0.5)]
    public async Task Step_ThatOnlyWaits_HeartbeatsEverySecondAndThreeTimesWithinAShorterTimeout(double timeout, double pause)
    {
        var step = RunAsync(_ => _end.Task, timeout: timeout);

        for (var i = 0; i < 3; i++)
        {
            _heartbeats.Reader.Count.ShouldBe(0);
            await NextAsync(pause);
        }

        await EndAsync(step);
        _time.Advance(TimeSpan.FromSeconds(10));
        _heartbeats.Reader.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Heartbeat_OfALaterAttempt_RepeatsTheDetailsOfTheEarlierOne()
    {
        var step = RunAsync(_ => _end.Task, before: "crashed");

        (await NextAsync(1)).ShouldBe("crashed");
        await EndAsync(step);
    }

    [Fact]
    public async Task Heartbeat_AfterTheStepGaveDetails_RepeatsThem()
    {
        var step = RunAsync(
            context =>
            {
                context.Heartbeat(new(["progress"]));
                return _end.Task;
            },
            before: "crashed");

        (await _heartbeats.Reader.ReadAsync(TestContext.Current.CancellationToken)).ShouldBe("progress");
        (await NextAsync(1)).ShouldBe("progress");
        await EndAsync(step);
    }

    [Fact]
    public async Task Step_ThatFails_ThrowsItsOwnErrorAndStopsHeartbeating()
    {
        var failed = await Should.ThrowAsync<InvalidOperationException>(() => RunAsync(_ => throw new InvalidOperationException("its own")));
        _time.Advance(TimeSpan.FromSeconds(10));

        failed.Message.ShouldBe("its own");
        _heartbeats.Reader.Count.ShouldBe(0);
    }

    private Task<object?> RunAsync(Func<ActivityOutboundInterceptor, Task<object?>> step, double timeout = 30, string? before = null)
    {
        var environment = new ActivityEnvironment
        {
            Info = ActivityEnvironment.DefaultInfo with
            {
                HeartbeatTimeout = TimeSpan.FromSeconds(timeout),
                HeartbeatDetails = before is null ? [] : [Payloads.ToPayload(before)],
            },
        };
        return environment.RunAsync(() =>
        {
            var interceptor = new HeartbeatInterceptor(_time).InterceptActivity(new Step(step));
            interceptor.Init(new Server(_heartbeats.Writer));
            return interceptor.ExecuteActivityAsync(null!);
        });
    }

    private async Task<string?> NextAsync(double seconds)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
        return await _heartbeats.Reader.ReadAsync(TestContext.Current.CancellationToken);
    }

    private async Task EndAsync(Task<object?> step)
    {
        _end.SetResult(null);
        await step;
    }

    private sealed class Step(Func<ActivityOutboundInterceptor, Task<object?>> step) : ActivityInboundInterceptor(null!)
    {
        private ActivityOutboundInterceptor? _context;

        public override void Init(ActivityOutboundInterceptor outbound) => _context = outbound;

        public override Task<object?> ExecuteActivityAsync(ExecuteActivityInput input) => step(_context!);
    }

    // Receives each heartbeat's detail as the next attempt would read it.
    private sealed class Server(ChannelWriter<string?> heartbeats) : ActivityOutboundInterceptor(null!)
    {
        public override void Heartbeat(HeartbeatInput input) =>
            heartbeats.TryWrite(input.Details.Select(detail => Payloads.ToValue<string>(Payloads.ToPayload(detail))).SingleOrDefault());
    }
}
