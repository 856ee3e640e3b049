using Stedi.Testing;
using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Stedi.Conformance.Tests;

/// <summary>Operations on activities and runs from outside their worker.</summary>
public sealed class OperatorTests(ConformanceServer server)
{
    [Fact]
    public Task AsyncActivity_CompletedById_ReturnsResult() => RunAsync(async scenario =>
    {
        var handle = await scenario.StartAsync((ManagedWorkflow wf) => wf.RunAsync("complete asynchronously"));
        var activity = await StartedAsync(scenario, handle);

        await server.Client.GetAsyncActivityHandle(handle.Id, handle.ResultRunId!, activity).CompleteAsync("from outside");

        (await handle.GetResultAsync()).ShouldBe("from outside");
    });

    [Fact]
    public Task AsyncHeartbeat_WhenWorkflowIsCancelled_ReportsCancellation() => RunAsync(async scenario =>
    {
        var handle = await scenario.StartAsync((ManagedWorkflow wf) => wf.RunAsync("complete asynchronously"));
        var activity = server.Client.GetAsyncActivityHandle(handle.Id, handle.ResultRunId!, await StartedAsync(scenario, handle));
        await activity.HeartbeatAsync();

        await handle.CancelAsync();

        await Scenario.HearsOfCancellationAsync(activity);
        await activity.ReportCancellationAsync();
        await Should.ThrowAsync<WorkflowFailedException>(() => handle.GetResultAsync());
    });

    [Fact]
    public Task PauseActivity_WhileBackingOff_WaitsForUnpause() => RunAsync(async scenario =>
    {
        ManagedWorkflow.MayPass = false;
        var handle = await scenario.StartAsync((ManagedWorkflow wf) => wf.RunAsync("fail-until-allowed"));
        await Scenario.EventuallyAsync(async () => (await PendingAsync(scenario, handle))?.Attempt > 1);
        var id = (await PendingAsync(scenario, handle))!.ActivityId;
        await server.Client.WorkflowService.PauseActivityAsync(new() { Namespace = Namespace, Execution = new() { WorkflowId = handle.Id }, Id = id, Reason = "look" });
        await Scenario.EventuallyAsync(async () => (await PendingAsync(scenario, handle))!.State == PendingActivityState.Paused);
        var attempt = (await PendingAsync(scenario, handle))!.Attempt;

        // Another activity of the same retry policy shows that the paused one would have been retried by now.
        var control = await scenario.StartAsync((ManagedWorkflow wf) => wf.RunAsync("fail-until-allowed"));
        await Scenario.EventuallyAsync(async () => (await PendingAsync(scenario, control))?.Attempt > 5);
        (await PendingAsync(scenario, handle))!.Attempt.ShouldBe(attempt);
        ManagedWorkflow.MayPass = true;
        await server.Client.WorkflowService.UnpauseActivityAsync(new() { Namespace = Namespace, Execution = new() { WorkflowId = handle.Id }, Id = id });

        (await handle.GetResultAsync()).ShouldBe("passed");
        (await control.GetResultAsync()).ShouldBe("passed");
    });

    [Fact]
    public Task ResetActivity_WhileBackingOff_RestartsAtAttemptOne() => RunAsync(async scenario =>
    {
        ManagedWorkflow.MayPass = false;
        var handle = await scenario.StartAsync((ManagedWorkflow wf) => wf.RunAsync("fail-slowly"));
        await Scenario.EventuallyAsync(async () => (await PendingAsync(scenario, handle))?.Attempt == 2);

        ManagedWorkflow.MayPass = true;
        await server.Client.WorkflowService.ResetActivityAsync(new()
        {
            Namespace = Namespace,
            Execution = new() { WorkflowId = handle.Id },
            Id = (await PendingAsync(scenario, handle))!.ActivityId,
        });

        await handle.GetResultAsync();
        (await Scenario.EventAsync(handle, EventType.ActivityTaskStarted)).ActivityTaskStartedEventAttributes.Attempt.ShouldBe(1);
    });

    [Fact]
    public Task Delete_OfWorkflow_RemovesIt() => RunAsync(async scenario =>
    {
        var handle = await server.Client.StartWorkflowAsync((ManagedWorkflow wf) => wf.RunAsync("complete asynchronously"), scenario.Options());

        await server.Client.WorkflowService.DeleteWorkflowExecutionAsync(new() { Namespace = Namespace, WorkflowExecution = new() { WorkflowId = handle.Id } });

        await Scenario.EventuallyAsync(async () =>
        {
            try
            {
                await handle.DescribeAsync();
                return false;
            }
            catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
            {
                return true;
            }
        });
    });

    [Fact]
    public Task Reset_OfRun_RepeatsWorkAndReappliesSignals() => RunAsync(async scenario =>
    {
        ManagedWorkflow.MayPass = true;
        var handle = await server.Client.StartWorkflowAsync((ManagedWorkflow wf) => wf.RunAsync("signalled"), scenario.Options());
        await handle.SignalAsync(wf => wf.GoAsync());
        (await handle.GetResultAsync()).ShouldBe("passed");
        var finished = await Scenario.EventAsync(handle, EventType.WorkflowTaskCompleted);

        var reset = await server.Client.WorkflowService.ResetWorkflowExecutionAsync(new()
        {
            Namespace = Namespace,
            WorkflowExecution = new() { WorkflowId = handle.Id, RunId = handle.ResultRunId },
            WorkflowTaskFinishEventId = finished.EventId,
            Reason = "again",
            RequestId = Guid.NewGuid().ToString(),
        });

        reset.RunId.ShouldNotBe(handle.ResultRunId);
        var again = server.Client.GetWorkflowHandle<ManagedWorkflow, string>(handle.Id, reset.RunId);
        (await again.GetResultAsync()).ShouldBe("passed");
        var events = await Scenario.EventsAsync(again);
        events.First(e => e.EventType == EventType.WorkflowTaskFailed).WorkflowTaskFailedEventAttributes.Cause.ShouldBe(WorkflowTaskFailedCause.ResetWorkflow);
        events.Count(e => e.EventType == EventType.WorkflowExecutionSignaled).ShouldBe(1);
    });

    private string Namespace => server.Client.Options.Namespace;

    private static async Task<Temporalio.Api.Workflow.V1.PendingActivityInfo?> PendingAsync(Scenario scenario, WorkflowHandle handle) =>
        (await scenario.DescribeAsync(handle)).PendingActivities.SingleOrDefault();

    private static async Task<string> StartedAsync(Scenario scenario, WorkflowHandle handle)
    {
        await Scenario.EventuallyAsync(async () => (await PendingAsync(scenario, handle))?.State == PendingActivityState.Started);
        return (await PendingAsync(scenario, handle))!.ActivityId;
    }

    private Task RunAsync(Func<Scenario, Task> body) => Scenario.RunAsync(
        server.Client, options => options.AddWorkflow<ManagedWorkflow>().AddActivity(ManagedWorkflow.Act), body);

    [Workflow]
    public sealed class ManagedWorkflow
    {
        private bool _mayGo;

        public static bool MayPass { get; set; }

        [Activity]
        public static string Act(string what)
        {
            if (what == "complete asynchronously")
            {
                throw new CompleteAsyncException();
            }

            return MayPass ? "passed" : throw new InvalidOperationException("not yet");
        }

        [WorkflowSignal]
        public Task GoAsync()
        {
            _mayGo = true;
            return Task.CompletedTask;
        }

        [WorkflowRun]
        public async Task<string> RunAsync(string what)
        {
            await Workflow.WaitConditionAsync(() => _mayGo || what != "signalled");
            return await ActAsync(what);
        }

        private static Task<string> ActAsync(string what) => Workflow.ExecuteActivityAsync(() => Act(what), new()
        {
            StartToCloseTimeout = TimeSpan.FromSeconds(30),
            HeartbeatTimeout = TimeSpan.FromSeconds(20),
            CancellationType = ActivityCancellationType.WaitCancellationCompleted,
            RetryPolicy = new() { InitialInterval = what == "fail-slowly" ? TimeSpan.FromMinutes(1) : TimeSpan.FromMilliseconds(20), BackoffCoefficient = 1 },
        });
    }
}
