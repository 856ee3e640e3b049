using Stedi.Testing;
using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Stedi.Conformance.Tests;

public sealed class ActivityTests(ConformanceServer server)
{
    [Fact]
    public Task Activity_WhenRetried_WritesOnlyLastAttempt() => RunAsync(async scenario =>
    {
        var handle = await scenario.StartAsync((ActivityWorkflow wf) => wf.RunAsync("fail-twice", new()));

        (await handle.GetResultAsync()).ShouldBe("3");

        var events = await Scenario.EventsAsync(handle);
        var started = events.Where(e => e.EventType == EventType.ActivityTaskStarted).ShouldHaveSingleItem().ActivityTaskStartedEventAttributes;
        started.Attempt.ShouldBe(3);
        started.LastFailure.Message.ShouldBe("attempt 2 fails");
    });

    [Theory]
    [InlineData(3_000, "xxxxx", 3_000)]
    [InlineData(5_000, "Failure exceeds size limit.", 1_700)]
    public Task Activity_WhenRetried_KeepsAFailureOfAtMostFourKilobytes(int length, string message, int least) => RunAsync(async scenario =>
    {
        var handle = await scenario.StartAsync((ActivityWorkflow wf) => wf.RunAsync($"fail-once-with {length}", new()));

        await handle.GetResultAsync();

        var kept = (await Scenario.EventsAsync(handle)).Single(e => e.EventType == EventType.ActivityTaskStarted).ActivityTaskStartedEventAttributes.LastFailure;
        kept.Message.ShouldStartWith(message);
        kept.CalculateSize().ShouldBeInRange(least, 4096);
    });

    [Fact]
    public Task Activity_FailingAllAttempts_FailsAtMaximum() => RunAsync(async scenario =>
    {
        var handle = await scenario.StartAsync((ActivityWorkflow wf) => wf.RunAsync("fail", new() { MaximumAttempts = 2 }));

        var failure = await Scenario.ActivityFailureAsync(handle);

        failure.RetryState.ShouldBe(RetryState.MaximumAttemptsReached);
        failure.InnerException!.Message.ShouldBe("attempt 2 fails");
    });

    [Fact]
    public Task Activity_WithNonRetryableFailure_IsNotRetried() => RunAsync(async scenario =>
    {
        var handle = await scenario.StartAsync((ActivityWorkflow wf) => wf.RunAsync("fail-for-good", new()));

        (await Scenario.ActivityFailureAsync(handle)).RetryState.ShouldBe(RetryState.NonRetryableFailure);
    });

    [Fact]
    public Task HeartbeatDetails_OfFailedAttempt_ReachNextAttempt() => RunAsync(async scenario =>
    {
        var handle = await scenario.StartAsync((ActivityWorkflow wf) => wf.RunAsync("heartbeat-then-fail", new()));

        (await handle.GetResultAsync()).ShouldBe("resumed at 42");
    });

    [Fact]
    public Task Activity_WithoutHeartbeats_TimesOutAndIsRetried() => RunAsync(async scenario =>
    {
        var handle = await scenario.StartAsync((ActivityWorkflow wf) => wf.RunAsync("stall-once", new() { Heartbeat = 1 }));

        // On a loaded machine a later attempt may time out too.
        int.Parse(await handle.GetResultAsync()).ShouldBeGreaterThan(1);
    });

    [Theory]
    [InlineData(TimeoutType.StartToClose)]
    [InlineData(TimeoutType.ScheduleToClose)]
    [InlineData(TimeoutType.ScheduleToStart)]
    [InlineData(TimeoutType.Heartbeat)]
    public Task Activity_WhenTimedOut_FailsWithTimeoutType(TimeoutType type) => RunAsync(async scenario =>
    {
        var call = type switch
        {
            TimeoutType.StartToClose => new Call { StartToClose = 0.2 },
            TimeoutType.ScheduleToClose => new Call { ScheduleToClose = 0.2 },
            TimeoutType.ScheduleToStart => new Call { ScheduleToStart = 0.2, Queue = Scenario.NewQueue() },
            _ => new Call { Heartbeat = 0.2 },
        };
        call = call with { MaximumAttempts = 1 };
        var handle = await scenario.StartAsync((ActivityWorkflow wf) => wf.RunAsync("stall", call));

        var failure = await Scenario.ActivityFailureAsync(handle);

        failure.InnerException.ShouldBeOfType<TimeoutFailureException>().TimeoutType.ShouldBe(type);
    });

    [Fact]
    public Task Describe_WithPendingActivity_ShowsAttemptFailureAndHeartbeat() => RunAsync(async scenario =>
    {
        var handle = await scenario.StartAsync((ActivityWorkflow wf) => wf.RunAsync("heartbeat-then-fail", new() { InitialInterval = 60 }));

        Temporalio.Api.Workflow.V1.PendingActivityInfo? pending = null;
        await Scenario.EventuallyAsync(async () =>
        {
            pending = (await scenario.DescribeAsync(handle)).PendingActivities.SingleOrDefault();
            return pending?.Attempt == 2;
        });

        pending!.State.ShouldBe(PendingActivityState.Scheduled);
        pending.LastFailure.Message.ShouldBe("once");
        pending.HeartbeatDetails.Payloads_[0].Data.ToStringUtf8().ShouldBe("42");
        pending.NextAttemptScheduleTime.ShouldNotBeNull();
        await handle.TerminateAsync();
    });

    [Theory]
    [InlineData(ActivityCancellationType.TryCancel)]
    [InlineData(ActivityCancellationType.WaitCancellationCompleted)]
    public Task Activity_WhenWorkflowIsCancelled_FollowsCancellationType(ActivityCancellationType type) => RunAsync(async scenario =>
    {
        var handle = await scenario.StartAsync((ActivityWorkflow wf) => wf.RunAsync("wait", new() { Cancellation = type, Heartbeat = 20 }));
        await Scenario.EventuallyAsync(async () =>
            (await scenario.DescribeAsync(handle)).PendingActivities.SingleOrDefault()?.State == PendingActivityState.Started);

        await handle.CancelAsync();

        var failed = await Should.ThrowAsync<WorkflowFailedException>(() => handle.GetResultAsync());
        failed.InnerException.ShouldBeOfType<CanceledFailureException>();
        var types = (await Scenario.EventsAsync(handle)).Select(e => e.EventType).ToList();
        types.ShouldContain(EventType.ActivityTaskCancelRequested);
        types.Contains(EventType.ActivityTaskCanceled).ShouldBe(type == ActivityCancellationType.WaitCancellationCompleted);
    });

    [Fact]
    public Task Activity_CancelledBeforeStart_IsCancelledAtOnce() => RunAsync(async scenario =>
    {
        var handle = await scenario.StartAsync((ActivityWorkflow wf) => wf.RunAsync("wait", new() { Queue = "nobody-" + Guid.NewGuid(), Cancellation = ActivityCancellationType.WaitCancellationCompleted }));
        await Scenario.EventuallyAsync(async () => (await scenario.DescribeAsync(handle)).PendingActivities.Count == 1);

        await handle.CancelAsync();

        await Should.ThrowAsync<WorkflowFailedException>(() => handle.GetResultAsync());
        (await Scenario.EventsAsync(handle)).ShouldContain(e => e.EventType == EventType.ActivityTaskCanceled);
    });

    [Activity]
    public static async Task<string> Act(string what)
    {
        var context = ActivityExecutionContext.Current;
        var attempt = context.Info.Attempt;
        switch (what)
        {
            case "fail-twice" when attempt < 3:
            case "fail":
                throw new ApplicationFailureException($"attempt {attempt} fails");
            case var _ when what.Split(' ') is ["fail-once-with", var length]:
                return attempt == 1 ? throw new ApplicationFailureException(new string('x', int.Parse(length))) : "";
            case "fail-for-good":
                throw new ApplicationFailureException("for good", nonRetryable: true);
            case "heartbeat-then-fail" when attempt == 1:
                context.Heartbeat(42);
                throw new ApplicationFailureException("once");
            case "heartbeat-then-fail":
                return $"resumed at {await context.Info.HeartbeatDetailAtAsync<int>(0)}";
            case "stall-once" when attempt == 1:
            case "stall":
                await Task.Delay(Timeout.Infinite, CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, context.WorkerShutdownToken).Token);
                return "";
            case "wait":
                while (true)
                {
                    context.Heartbeat();
                    await Task.Delay(50, context.CancellationToken);
                }

            default:
                return $"{attempt}";
        }
    }

    private Task RunAsync(Func<Scenario, Task> body) => Scenario.RunAsync(
        server.Client,
        options =>
        {
            options.MaxHeartbeatThrottleInterval = TimeSpan.FromMilliseconds(100);
            options.AddWorkflow<ActivityWorkflow>().AddActivity(Act);
        },
        body);

    /// <summary>How the activity under test is called; seconds, 0 for none.</summary>
    public sealed record Call
    {
        public int MaximumAttempts { get; init; }

        public double InitialInterval { get; init; } = 0.02;

        public double StartToClose { get; init; } = 30;

        public double ScheduleToClose { get; init; }

        public double ScheduleToStart { get; init; }

        public double Heartbeat { get; init; }

        public string? Queue { get; init; }

        public ActivityCancellationType Cancellation { get; init; }

        public ActivityOptions ToOptions() => new()
        {
            StartToCloseTimeout = Span(StartToClose),
            ScheduleToCloseTimeout = Span(ScheduleToClose),
            ScheduleToStartTimeout = Span(ScheduleToStart),
            HeartbeatTimeout = Span(Heartbeat),
            TaskQueue = Queue,
            CancellationType = Cancellation,
            RetryPolicy = new() { MaximumAttempts = MaximumAttempts, InitialInterval = TimeSpan.FromSeconds(InitialInterval) },
        };

        private static TimeSpan? Span(double seconds) => seconds == 0 ? null : TimeSpan.FromSeconds(seconds);
    }

    [Workflow]
    public sealed class ActivityWorkflow
    {
        [WorkflowRun]
        public Task<string> RunAsync(string what, Call call) => Workflow.ExecuteActivityAsync(() => Act(what), call.ToOptions());
    }
}
