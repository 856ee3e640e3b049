using Stedi.Testing;
using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Stedi.Conformance.Tests;

/// <summary>Event groups of workflow code are recorded in history.</summary>
public sealed class EventGroupTests(ConformanceServer server)
{
    [Theory]
    [InlineData("timer", EventType.TimerStarted, EventType.TimerCanceled)]
    [InlineData("activity", EventType.ActivityTaskScheduled, EventType.ActivityTaskCancelRequested)]
    [InlineData("local activity", EventType.MarkerRecorded)]
    [InlineData("child", EventType.StartChildWorkflowExecutionInitiated)]
    [InlineData(
        "external", EventType.SignalExternalWorkflowExecutionInitiated, EventType.RequestCancelExternalWorkflowExecutionInitiated)]
    [InlineData("memo", EventType.WorkflowPropertiesModified)]
    [InlineData("patch", EventType.MarkerRecorded, EventType.UpsertWorkflowSearchAttributes)]
    [InlineData("continue", EventType.WorkflowExecutionContinuedAsNew)]
    public Task Command_InEventGroup_WritesGroupToEvents(string command, params EventType[] types) => RunAsync(async scenario =>
    {
        var handle = await scenario.StartAsync((GroupedWorkflow wf) => wf.RunAsync(command));
        await handle.GetResultAsync();

        var events = await Scenario.EventsAsync(handle with { RunId = handle.FirstExecutionRunId });

        foreach (var type in types)
        {
            events.First(e => e.EventType == type).EventGroupMarkers.ShouldHaveSingleItem().Label.Id.ShouldBe("the group", $"{type}");
        }
    });

    [Fact]
    public Task SignalHandler_WithCommands_GroupsEventsBySignal() => RunAsync(async scenario =>
    {
        var handle = await scenario.StartAsync((GroupedWorkflow wf) => wf.RunAsync("wait"));
        await handle.SignalAsync(wf => wf.ProceedAsync());
        await handle.GetResultAsync();

        var events = await Scenario.EventsAsync(handle);

        var signalled = events.Single(e => e.EventType == EventType.WorkflowExecutionSignaled);
        Scheduled(events).EventGroupMarkers.ShouldHaveSingleItem().InboundEvent.InboundEventId.ShouldBe(signalled.EventId);
    });

    [Fact]
    public Task UpdateHandler_WithCommands_GroupsEventsByUpdate() => RunAsync(async scenario =>
    {
        var handle = await scenario.StartAsync((GroupedWorkflow wf) => wf.RunAsync("wait"));
        await handle.ExecuteUpdateAsync(wf => wf.ChangeAsync(), new("the update"));
        await handle.GetResultAsync();

        Scheduled(await Scenario.EventsAsync(handle)).EventGroupMarkers.ShouldHaveSingleItem().InboundUpdate.InboundUpdateId.ShouldBe("the update");
    });

    private static HistoryEvent Scheduled(IEnumerable<HistoryEvent> events) => events.Single(e => e.EventType == EventType.ActivityTaskScheduled);

    private Task RunAsync(Func<Scenario, Task> body) => Scenario.RunAsync(
        server.Client,
        options => options.AddWorkflow<GroupedWorkflow>().AddActivity(GroupedWorkflow.DoAsync),
        body);

    [Workflow]
    public sealed class GroupedWorkflow
    {
        private static readonly ActivityOptions Minute = new() { StartToCloseTimeout = TimeSpan.FromMinutes(1) };
        private bool _mayEnd;

        [Activity]
        public static Task DoAsync(bool untilCancelled) =>
            untilCancelled ? Task.Delay(Timeout.Infinite, ActivityExecutionContext.Current.CancellationToken) : Task.CompletedTask;

        [WorkflowRun]
        public async Task RunAsync(string command)
        {
            using var scope = Workflow.WithEventGroups(Workflow.CreateEventGroup("the group"));
            using var cancel = new CancellationTokenSource();
            switch (command)
            {
                case "timer":
                    await CancelledAsync(Workflow.DelayAsync(TimeSpan.FromHours(1), cancel.Token), cancel);
                    break;
                case "activity":
                    var options = (ActivityOptions)Minute.Clone();
                    options.CancellationToken = cancel.Token;
                    await CancelledAsync(Workflow.ExecuteActivityAsync(() => DoAsync(true), options), cancel);
                    break;
                case "local activity":
                    await Workflow.ExecuteLocalActivityAsync(() => DoAsync(false), new() { StartToCloseTimeout = TimeSpan.FromMinutes(1) });
                    break;
                case "child":
                    await Workflow.ExecuteChildWorkflowAsync((GroupedWorkflow wf) => wf.RunAsync("nothing"));
                    break;
                case "external":
                    var missing = Workflow.GetExternalWorkflowHandle("no-such-workflow");
                    await FailedAsync(missing.SignalAsync("any", []));
                    await FailedAsync(missing.CancelAsync());
                    break;
                case "memo":
                    Workflow.UpsertMemo(MemoUpdate.ValueSet("key", "value"));
                    break;
                case "patch":
                    Workflow.Patched("a patch");
                    break;
                case "continue":
                    throw Workflow.CreateContinueAsNewException((GroupedWorkflow wf) => wf.RunAsync("nothing"));
                case "wait":
                    await Workflow.WaitConditionAsync(() => _mayEnd);
                    break;
            }
        }

        [WorkflowSignal]
        public Task ProceedAsync() => EndAsync();

        [WorkflowUpdate]
        public Task ChangeAsync() => EndAsync();

        private static async Task CancelledAsync(Task task, CancellationTokenSource cancel)
        {
            // Wait for another workflow task, so that the events to cancel are in history.
            await Workflow.DelayAsync(1);
#pragma warning disable CA1849 // A workflow cancels at once, on its own scheduler.
            cancel.Cancel();
#pragma warning restore CA1849
            await FailedAsync(task);
        }

        private static async Task FailedAsync(Task task)
        {
            try
            {
                await task;
            }
            catch (Exception e) when (e is TemporalException or OperationCanceledException)
            {
                return;
            }
        }

        private async Task EndAsync()
        {
            await Workflow.ExecuteActivityAsync(() => DoAsync(false), Minute);
            _mayEnd = true;
        }
    }
}
