using System.Diagnostics;
using Stedi.Temporal.Tests.Conformance;
using Temporalio.Activities;
using Temporalio.Client;
using Temporalio.Testing;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Stedi.Temporal.Tests.DevStack.Temporal;

/// <summary>The SDK's own test harness starts our executable as if it were the official one.</summary>
[Collection(ProcessesCollection.Name)]
public sealed class HarnessTests
{
    public static string Executable { get; } = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "temporal-dev.exe" : "temporal-dev");

    [Fact]
    public async Task The_local_environment_runs_workflows()
    {
        await using var environment = await PatientlyAsync(() => WorkflowEnvironment.StartLocalAsync(new()
        {
            DevServerOptions = new() { ExistingPath = Executable },
            UI = false,
        }));

        (await RunAsync(environment, "timer", TimeSpan.FromMilliseconds(50))).ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task The_time_skipping_environment_waits_thirty_days_in_no_time()
    {
        await using var environment = await StartTimeSkippingAsync();
        var before = await environment.GetCurrentTimeAsync();

        var took = await RunAsync(environment, "timer", TimeSpan.FromDays(30));

        took.ShouldBeLessThan(TimeSpan.FromSeconds(10));
        (await environment.GetCurrentTimeAsync() - before).ShouldBeInRange(TimeSpan.FromDays(30), TimeSpan.FromDays(30.1));
    }

    [Fact]
    public async Task Time_skips_over_the_back_off_of_a_failing_activity_but_not_over_a_running_one()
    {
        await using var environment = await StartTimeSkippingAsync();

        (await RunAsync(environment, "retry", TimeSpan.FromHours(1))).ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_delay_of_the_environment_passes_on_the_servers_clock_only()
    {
        await using var environment = await StartTimeSkippingAsync();
        var before = await environment.GetCurrentTimeAsync();
        var watch = Stopwatch.StartNew();

        await environment.DelayAsync(TimeSpan.FromDays(3));

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
        (await environment.GetCurrentTimeAsync() - before).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromDays(3));
    }

    private static Task<WorkflowEnvironment> StartTimeSkippingAsync() => PatientlyAsync(
        () => WorkflowEnvironment.StartTimeSkippingAsync(new() { TestServer = new() { ExistingPath = Executable } }));

    // The SDK gives a server five seconds, which a crowded machine may not; it starts in less than one by itself.
    private static async Task<WorkflowEnvironment> PatientlyAsync(Func<Task<WorkflowEnvironment>> start)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await start();
            }
            catch (InvalidOperationException e) when (attempt < 4 && e.Message.Contains("did not start within", StringComparison.Ordinal))
            {
                TestContext.Current.SendDiagnosticMessage($"Attempt {attempt}: {e.Message}");
            }
        }
    }

    private static async Task<TimeSpan> RunAsync(WorkflowEnvironment environment, string what, TimeSpan wait)
    {
        var queue = Scenario.NewQueue();
        using var worker = new TemporalWorker(
            environment.Client, new TemporalWorkerOptions(queue).AddWorkflow<WaitingWorkflow>().AddActivity(WaitingWorkflow.FailTwice));
        var watch = Stopwatch.StartNew();
        await worker.ExecuteAsync(() => environment.Client
            .ExecuteWorkflowAsync((WaitingWorkflow wf) => wf.RunAsync(what, wait), new($"wf-{Guid.NewGuid()}", queue))
            .WaitAsync(TimeSpan.FromSeconds(20)));
        return watch.Elapsed;
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
        public Task RunAsync(string what, TimeSpan wait) => what == "timer"
            ? Workflow.DelayAsync(wait)
            : Workflow.ExecuteActivityAsync(
                () => FailTwice(),
                new() { StartToCloseTimeout = TimeSpan.FromMinutes(1), RetryPolicy = new() { InitialInterval = wait } });
    }
}
