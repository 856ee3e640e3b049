using Google.Protobuf.WellKnownTypes;
using Stedi.Testing;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Stedi.Conformance.Tests;

/// <summary>Workflow tasks at the protocol level, completed without an SDK worker.</summary>
public sealed class WorkflowTaskTests(ConformanceServer server)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly string _queue = Scenario.NewQueue();
    private readonly string _stickyQueue = Scenario.NewQueue();

    [Fact]
    public async Task Complete_WithReturnNewWorkflowTask_ReturnsNextTask()
    {
        var handle = await StartAsync();
        var first = await PollAsync();
        await handle.SignalAsync("any", []);

        var answer = await CompleteAsync(first, isCached: true, Timer("t"));

        answer.WorkflowTask.PreviousStartedEventId.ShouldBe(first.StartedEventId);
        answer.WorkflowTask.History.Events.Select(e => e.EventType).ShouldBe(
        [
            EventType.WorkflowTaskCompleted,
            EventType.TimerStarted,
            EventType.WorkflowExecutionSignaled,
            EventType.WorkflowTaskScheduled,
            EventType.WorkflowTaskStarted,
        ]);
        await CompleteAsync(answer.WorkflowTask, isCached: true, Done);
        await handle.GetResultAsync();
    }

    [Fact]
    public async Task Complete_WithoutStickyQueue_ReturnsNoTask()
    {
        var handle = await StartAsync();
        var first = await PollAsync();
        await handle.SignalAsync("any", []);

        (await CompleteAsync(first, isCached: false, Timer("t"))).WorkflowTask.ShouldBeNull();

        var second = await PollAsync();
        second.History.Events[0].EventType.ShouldBe(EventType.WorkflowExecutionStarted);
        await CompleteAsync(second, isCached: false, Done);
        await handle.GetResultAsync();
    }

    [Fact]
    public async Task Complete_WithForceCreate_ReturnsAnotherTask()
    {
        var handle = await StartAsync();
        var task = await PollAsync();

        for (var i = 0; i < 3; i++)
        {
            var answer = await Service.RespondWorkflowTaskCompletedAsync(Completion(task, isCached: true, force: true));
            answer.WorkflowTask.StartedEventId.ShouldBeGreaterThan(task.StartedEventId);
            task = answer.WorkflowTask;
        }

        await CompleteAsync(task, isCached: true, Done);
        await handle.GetResultAsync();
    }

    [Fact]
    public async Task Complete_WithNothingPending_ReturnsNoTask()
    {
        var handle = await StartAsync();

        (await CompleteAsync(await PollAsync(), isCached: true, Timer("t"))).WorkflowTask.ShouldBeNull();

        await handle.TerminateAsync();
    }

    [Fact]
    public async Task Updates_WhenSeveralWait_ArriveInOrderOfAdmission()
    {
        var handle = await StartAsync();
        for (var i = 0; i < 12; i++)
        {
            var id = $"update {i}";
            _ = handle.StartUpdateAsync("any", [], new(id, WorkflowUpdateStage.Accepted));
            await Scenario.EventuallyAsync(() => IsAdmittedAsync(handle, id));
        }

        var task = await PollAsync();

        task.Messages.Select(m => m.ProtocolInstanceId).ShouldBe(Enumerable.Range(0, 12).Select(i => $"update {i}"));
        await handle.TerminateAsync();
    }

    [Fact]
    public async Task Update_IgnoredByWorker_IsRejected()
    {
        var handle = await StartAsync();
        var update = handle.ExecuteUpdateAsync("any", [], new("ignored"));
        await Scenario.EventuallyAsync(() => IsAdmittedAsync(handle, "ignored"));

        await CompleteAsync(await PollAsync(), isCached: false, Timer("t"));

        var error = await Should.ThrowAsync<WorkflowUpdateFailedException>(() => update);
        error.InnerException.ShouldBeOfType<ApplicationFailureException>().ErrorType.ShouldBe("UnprocessedUpdate");
        await handle.TerminateAsync();
    }

    [Fact]
    public async Task ShutdownWorker_WithOpenPolls_EndsThem()
    {
        const string key = "worker-that-stops";
        var poll = Service.PollWorkflowTaskQueueAsync(Poll(key));
        await Service.ShutdownWorkerAsync(new() { Namespace = Namespace, WorkerInstanceKey = key, StickyTaskQueue = _stickyQueue, TaskQueue = _queue });

        (await poll).ShouldBe(new PollWorkflowTaskQueueResponse());
        (await Service.PollWorkflowTaskQueueAsync(Poll(key))).ShouldBe(new PollWorkflowTaskQueueResponse());
    }

    private Temporalio.Client.WorkflowService Service => server.Client.WorkflowService;

    private string Namespace => server.Client.Options.Namespace;

    private static Command Done => new()
    {
        CommandType = CommandType.CompleteWorkflowExecution,
        CompleteWorkflowExecutionCommandAttributes = new(),
    };

    private static Command Timer(string id) => new()
    {
        CommandType = CommandType.StartTimer,
        StartTimerCommandAttributes = new() { TimerId = id, StartToFireTimeout = Duration.FromTimeSpan(Hour) },
    };

    private Task<WorkflowHandle> StartAsync() => server.Client.StartWorkflowAsync("Any", [], new($"wf-{Guid.NewGuid()}", _queue));

    private PollWorkflowTaskQueueRequest Poll(string key = "") =>
        new() { Namespace = Namespace, TaskQueue = new() { Name = _queue }, Identity = "by hand", WorkerInstanceKey = key };

    private Task<PollWorkflowTaskQueueResponse> PollAsync() => Service.PollWorkflowTaskQueueAsync(Poll());

    private Task<RespondWorkflowTaskCompletedResponse> CompleteAsync(PollWorkflowTaskQueueResponse task, bool isCached, params Command[] commands) =>
        Service.RespondWorkflowTaskCompletedAsync(Completion(task, isCached, force: false, commands));

    private RespondWorkflowTaskCompletedRequest Completion(PollWorkflowTaskQueueResponse task, bool isCached, bool force, params Command[] commands) => new()
    {
        Namespace = Namespace,
        TaskToken = task.TaskToken,
        Identity = "by hand",
        ReturnNewWorkflowTask = true,
        ForceCreateNewWorkflowTask = force,
        Commands = { commands },
        StickyAttributes = isCached
            ? new() { WorkerTaskQueue = new() { Name = _stickyQueue, Kind = TaskQueueKind.Sticky, NormalName = _queue }, ScheduleToStartTimeout = Duration.FromTimeSpan(Hour) }
            : null,
    };

    private async Task<bool> IsAdmittedAsync(WorkflowHandle handle, string updateId)
    {
        try
        {
            var poll = await Service.PollWorkflowExecutionUpdateAsync(new()
            {
                Namespace = Namespace,
                UpdateRef = new() { UpdateId = updateId, WorkflowExecution = new() { WorkflowId = handle.Id } },
            });
            return poll.Stage == UpdateWorkflowExecutionLifecycleStage.Admitted;
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
        {
            return false;
        }
    }
}
