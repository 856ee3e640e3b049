using System.Diagnostics;
using Stedi.Testing;
using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Testing;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Stedi.DevStack.Temporal.Tests;

/// <summary>The SDK's test environments start our executable in place of the official one.</summary>
[Collection(ProcessesCollection.Name)]
public sealed class SdkTestEnvironmentTests
{
    // Far below the skipped times, far above what a loaded machine takes.
    private static readonly TimeSpan RealTimeLimit = TimeSpan.FromMinutes(1);

    public static string Executable { get; } = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "temporal-dev.exe" : "temporal-dev");

    [Fact]
    public async Task StartLocal_WithOurServer_RunsWorkflow()
    {
        await using var environment = await StartWithRetriesAsync(() => WorkflowEnvironment.StartLocalAsync(new()
        {
            DevServerOptions = new() { ExistingPath = Executable },
            UI = false,
        }));

        await RunAsync(environment, "timer", TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public async Task StartTimeSkipping_WithTimerOfThirtyDays_CompletesAtOnce()
    {
        await using var environment = await StartTimeSkippingAsync();
        var before = await environment.GetCurrentTimeAsync();

        await RunAsync(environment, "timer", TimeSpan.FromDays(30));

        (await environment.GetCurrentTimeAsync() - before).ShouldBeInRange(TimeSpan.FromDays(30), TimeSpan.FromDays(30.1));
    }

    [Fact]
    public async Task TimeSkipping_WithRetriedActivity_SkipsBackoffButNotRunningAttempt()
    {
        await using var environment = await StartTimeSkippingAsync();

        await RunAsync(environment, "retry", TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task EnvironmentDelay_WithTimeSkipping_AdvancesServerClockOnly()
    {
        await using var environment = await StartTimeSkippingAsync();
        var before = await environment.GetCurrentTimeAsync();

        await environment.DelayAsync(TimeSpan.FromDays(3)).WaitAsync(RealTimeLimit);

        (await environment.GetCurrentTimeAsync() - before).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromDays(3));
    }

    [Fact]
    public async Task Activity_SleepingOnServerClock_TimesOutOnHeartbeatAtOnce()
    {
        await using var environment = await StartTimeSkippingAsync();

        var failed = await Should.ThrowAsync<WorkflowFailedException>(() => RunAsync(environment, "oversleep", TimeSpan.FromHours(1)));

        failed.InnerException.ShouldBeOfType<ActivityFailureException>().InnerException
            .ShouldBeOfType<TimeoutFailureException>().TimeoutType.ShouldBe(TimeoutType.Heartbeat);
    }

    [Fact]
    public async Task TimeSkipping_WhenLockedThenUnlocked_StopsThenResumes()
    {
        await using var environment = await StartTimeSkippingAsync();
        var queue = Scenario.NewQueue();
        using var worker = new TemporalWorker(environment.Client, new TemporalWorkerOptions(queue).AddWorkflow<WaitingWorkflow>());
        await worker.ExecuteAsync(async () =>
        {
            var before = await environment.GetCurrentTimeAsync();
            var handle = await environment.Client.StartWorkflowAsync(
                (WaitingWorkflow wf) => wf.RunAsync("timer", TimeSpan.FromDays(1)), new($"wf-{Guid.NewGuid()}", queue));
            var result = Task.CompletedTask;
            await environment.WithAutoTimeSkippingDisabledAsync(async () =>
            {
                result = handle.GetResultAsync();
                await Scenario.EventuallyAsync(async () => (await Scenario.EventsAsync(handle)).Any(e => e.EventType == EventType.TimerStarted));
            });
            var elapsedWhileDisabled = await environment.GetCurrentTimeAsync() - before;
            await handle.GetResultAsync().WaitAsync(RealTimeLimit);
            await result;

            elapsedWhileDisabled.ShouldBeLessThan(TimeSpan.FromHours(1));
            (await environment.GetCurrentTimeAsync() - before).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromDays(1));
        });
    }

    [Fact]
    public async Task WorkflowTime_AfterEnvironmentDelay_HasAdvanced()
    {
        await using var environment = await StartTimeSkippingAsync();
        var queue = Scenario.NewQueue();
        using var worker = new TemporalWorker(environment.Client, new TemporalWorkerOptions(queue).AddWorkflow<ClockWorkflow>());
        await worker.ExecuteAsync(async () =>
        {
            var handle = await environment.Client.StartWorkflowAsync((ClockWorkflow wf) => wf.RunAsync(), new($"wf-{Guid.NewGuid()}", queue));
            var before = await SeenAsync(handle);

            await environment.DelayAsync(TimeSpan.FromHours(2));

            (await SeenAsync(handle) - before).ShouldBeInRange(TimeSpan.FromHours(2), TimeSpan.FromHours(2.2));
        });

        static async Task<DateTime> SeenAsync(WorkflowHandle<ClockWorkflow> handle)
        {
            await handle.SignalAsync(wf => wf.TickAsync());
            return await handle.QueryAsync(wf => wf.Now());
        }
    }

    [Fact]
    public async Task StartLocal_WithSearchAttributes_RegistersOnlyThose()
    {
        var key = SearchAttributeKey.CreateKeyword("HarnessKeyword");
        await using var environment = await StartWithRetriesAsync(() => WorkflowEnvironment.StartLocalAsync(new()
        {
            DevServerOptions = new()
            {
                ExistingPath = Executable,
                ExtraArgs = ["--dynamic-config-value", "frontend.activityAPIsEnabled=true", "--dynamic-config-value", "limit.historyCount.suggestContinueAsNew=50", "--dynamic-config-value", "no.such.key=\"any\""],
            },
            SearchAttributes = [key],
            UI = false,
        }));
        var attributes = new SearchAttributeCollection.Builder().Set(key, "x").ToSearchAttributeCollection();

        var handle = await StartAsync(attributes);
        var error = await Should.ThrowAsync<RpcException>(
            () => StartAsync(new SearchAttributeCollection.Builder().Set(SearchAttributeKey.CreateLong("Unknown"), 1).ToSearchAttributeCollection()));

        (await handle.DescribeAsync()).TypedSearchAttributes.ShouldBe(attributes);
        error.Message.ShouldContain("no mapping defined");

        Task<WorkflowHandle> StartAsync(SearchAttributeCollection set) => environment.Client.StartWorkflowAsync(
            "any", [], new($"wf-{Guid.NewGuid()}", Scenario.NewQueue()) { TypedSearchAttributes = set });
    }

    [Fact]
    public async Task Sigterm_RightAfterStart_StopsServer()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        using var server = Process.Start(new ProcessStartInfo(Executable, ["server", "start-dev", "--port", "0", "--headless"]) { RedirectStandardOutput = true })!;
        try
        {
            await server.StandardOutput.ReadLineAsync();

            using var kill = Process.Start("kill", ["-TERM", $"{server.Id}"]);
            using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            await server.WaitForExitAsync(timeout.Token);

            server.ExitCode.ShouldBe(0);
        }
        finally
        {
            server.Kill();
        }
    }

    private static Task<WorkflowEnvironment> StartTimeSkippingAsync() => StartWithRetriesAsync(
        () => WorkflowEnvironment.StartTimeSkippingAsync(new() { TestServer = new() { ExistingPath = Executable } }));

    // The SDK waits five seconds for the server, which may not be enough on a loaded machine.
    private static async Task<WorkflowEnvironment> StartWithRetriesAsync(Func<Task<WorkflowEnvironment>> start)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await start();
            }
            catch (InvalidOperationException e) when (attempt < 10 && e.Message.Contains("did not start within", StringComparison.Ordinal))
            {
                TestContext.Current.SendDiagnosticMessage($"Attempt {attempt}: {e.Message}");
            }
        }
    }

    private static async Task RunAsync(WorkflowEnvironment environment, string what, TimeSpan wait)
    {
        var queue = Scenario.NewQueue();
        using var worker = new TemporalWorker(
            environment.Client,
            new TemporalWorkerOptions(queue).AddWorkflow<WaitingWorkflow>().AddActivity(WaitingWorkflow.FailTwice).AddActivity(OversleepAsync));
        await worker.ExecuteAsync(() => environment.Client
            .ExecuteWorkflowAsync((WaitingWorkflow wf) => wf.RunAsync(what, wait), new($"wf-{Guid.NewGuid()}", queue))
            .WaitAsync(RealTimeLimit));

        [Activity("Oversleep")]
        Task OversleepAsync() => environment.DelayAsync(ActivityExecutionContext.Current.Info.HeartbeatTimeout!.Value * 2);
    }

    [Workflow]
    public sealed class ClockWorkflow
    {
        [WorkflowRun]
        public Task RunAsync() => Workflow.DelayAsync(TimeSpan.FromDays(2));

        [WorkflowSignal]
        public Task TickAsync() => Task.CompletedTask;

        [WorkflowQuery]
        public DateTime Now() => Workflow.UtcNow;
    }

    [Workflow]
    public sealed class WaitingWorkflow
    {
        [Activity]
        public static async Task FailTwice()
        {
            await Task.Delay(100);
            if (ActivityExecutionContext.Current.Info.Attempt < 3)
            {
                throw new InvalidOperationException("not yet");
            }
        }

        [WorkflowRun]
        public Task RunAsync(string what, TimeSpan wait) => what switch
        {
            "timer" => Workflow.DelayAsync(wait),
            "retry" => Workflow.ExecuteActivityAsync(
                () => FailTwice(),
                new() { StartToCloseTimeout = TimeSpan.FromMinutes(1), RetryPolicy = new() { InitialInterval = wait } }),
            _ => Workflow.ExecuteActivityAsync(
                "Oversleep",
                [],
                new() { ScheduleToCloseTimeout = wait * 5, HeartbeatTimeout = wait, RetryPolicy = new() { MaximumAttempts = 1 } }),
        };
    }
}
