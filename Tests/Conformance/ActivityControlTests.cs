using Stedi.Testing;
using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Client;
using Temporalio.Workflows;
using Duration = Google.Protobuf.WellKnownTypes.Duration;

namespace Stedi.Conformance.Tests;

/// <summary>Operator actions on an activity while an attempt is running.</summary>
public sealed class ActivityControlTests(ConformanceServer server)
{
    private static readonly TimeSpan HeartbeatTimeout = TimeSpan.FromSeconds(20);

    [Fact]
    public Task Pause_OfRunningAttempt_IsReportedByNextHeartbeat() => RunAsync(async scenario =>
    {
        var handle = await StartedAsync(scenario, "report cancel reason");

        await PauseAsync(handle);

        (await handle.GetResultAsync()).ShouldBe("Paused");
    });

    [Fact]
    public Task Reset_OfRunningAttempt_IsReportedByNextHeartbeat() => RunAsync(async scenario =>
    {
        var handle = await StartedAsync(scenario, "report cancel reason");

        await server.Client.WorkflowService.ResetActivityAsync(new() { Namespace = Namespace, Execution = new() { WorkflowId = handle.Id }, Type = nameof(Control) });

        (await handle.GetResultAsync()).ShouldBe("Reset");
    });

    [Fact]
    public Task Pause_OfLastAttempt_AllowsAnotherAttempt() => RunAsync(async scenario =>
    {
        var handle = await StartedAsync(scenario, "heartbeat and stop");

        await PauseAsync(handle);
        await Scenario.EventuallyAsync(async () => (await PendingAsync(scenario, handle)) is { State: PendingActivityState.Paused });
        var paused = await PendingAsync(scenario, handle);
        await UnpauseAsync(handle);

        paused!.Paused.ShouldBeTrue();
        paused.PauseInfo.Manual.Reason.ShouldBe("investigation");
        paused.HeartbeatDetails.Payloads_.ShouldHaveSingleItem().Data.ToStringUtf8().ShouldBe("\"last details\"");
        (await handle.GetResultAsync()).ShouldBe("2 after last details");
    });

    [Fact]
    public Task UpdateOptions_OfActivity_ApplyFromNextAttemptAndAreRestorable() => RunAsync(async scenario =>
    {
        var handle = await StartedAsync(scenario, "report cancel reason");

        var changed = await UpdateAsync(handle, new() { UpdateMask = new() { Paths = { "heartbeat_timeout", "retry_policy.maximum_attempts" } } });
        var restored = await UpdateAsync(handle, new() { RestoreOriginal = true });
        await PauseAsync(handle);

        changed.HeartbeatTimeout.ToTimeSpan().ShouldBe(TimeSpan.FromSeconds(17));
        changed.RetryPolicy.MaximumAttempts.ShouldBe(9);
        changed.StartToCloseTimeout.ToTimeSpan().ShouldBe(TimeSpan.FromSeconds(30));
        restored.HeartbeatTimeout.ToTimeSpan().ShouldBe(HeartbeatTimeout);
        restored.RetryPolicy.MaximumAttempts.ShouldBe(1);
        await handle.GetResultAsync();
    });

    [Activity]
    public static async Task<string> Control(string what)
    {
        var context = ActivityExecutionContext.Current;
        if (context.Info.Attempt > 1)
        {
            return $"{context.Info.Attempt} after {await context.Info.HeartbeatDetailAtAsync<string>(0)}";
        }

        while (!context.CancellationToken.IsCancellationRequested)
        {
            context.Heartbeat("running");
            await Task.WhenAny(Task.Delay(100, context.CancellationToken));
        }

        if (what == "heartbeat and stop")
        {
            context.Heartbeat("last details");
            context.CancellationToken.ThrowIfCancellationRequested();
        }

        return $"{context.CancelReason}";
    }

    private string Namespace => server.Client.Options.Namespace;

    private Task PauseAsync(WorkflowHandle handle) => server.Client.WorkflowService.PauseActivityAsync(
        new() { Namespace = Namespace, Execution = new() { WorkflowId = handle.Id }, Type = nameof(Control), Reason = "investigation" });

    private Task UnpauseAsync(WorkflowHandle handle) => server.Client.WorkflowService.UnpauseActivityAsync(
        new() { Namespace = Namespace, Execution = new() { WorkflowId = handle.Id }, Type = nameof(Control) });

    private async Task<Temporalio.Api.Activity.V1.ActivityOptions> UpdateAsync(
        WorkflowHandle handle, Temporalio.Api.WorkflowService.V1.UpdateActivityOptionsRequest request)
    {
        request.Namespace = Namespace;
        request.Execution = new() { WorkflowId = handle.Id };
        request.Type = nameof(Control);
        request.ActivityOptions = new()
        {
            HeartbeatTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(17)),
            RetryPolicy = new() { MaximumAttempts = 9 },
        };
        return (await server.Client.WorkflowService.UpdateActivityOptionsAsync(request)).ActivityOptions;
    }

    private static async Task<PendingActivityInfo?> PendingAsync(Scenario scenario, WorkflowHandle handle) =>
        (await scenario.DescribeAsync(handle)).PendingActivities.SingleOrDefault();

    private static async Task<WorkflowHandle<ControlledWorkflow, string>> StartedAsync(Scenario scenario, string what)
    {
        var handle = await scenario.StartAsync((ControlledWorkflow wf) => wf.RunAsync(what));
        await Scenario.EventuallyAsync(async () => await PendingAsync(scenario, handle) is { State: PendingActivityState.Started, LastHeartbeatTime: not null });
        return handle;
    }

    private Task RunAsync(Func<Scenario, Task> body) => Scenario.RunAsync(
        server.Client,
        options =>
        {
            // By default heartbeats are sent after 80% of the heartbeat timeout, which leaves little time on a loaded machine.
            options.MaxHeartbeatThrottleInterval = TimeSpan.FromMilliseconds(100);
            options.AddWorkflow<ControlledWorkflow>().AddActivity(Control);
        },
        body);

    [Workflow]
    public sealed class ControlledWorkflow
    {
        [WorkflowRun]
        public Task<string> RunAsync(string what) => Workflow.ExecuteActivityAsync(() => Control(what), new()
        {
            StartToCloseTimeout = TimeSpan.FromSeconds(30),
            HeartbeatTimeout = HeartbeatTimeout,
            CancellationType = ActivityCancellationType.WaitCancellationCompleted,
            RetryPolicy = new() { MaximumAttempts = 1 },
        });
    }
}
