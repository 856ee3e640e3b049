using Stedi.Testing;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Stedi.Conformance.Tests;

public sealed class WorkflowTests(ConformanceServer server)
{
    [Fact]
    public Task Timers_OfDifferentLengths_FireInOrder() => RunAsync(async scenario =>
    {
        var handle = await scenario.StartAsync((StepWorkflow wf) => wf.RunAsync("timers"));

        (await handle.GetResultAsync()).ShouldBe("50,100,150");
    });

    [Fact]
    public Task Timer_WhenCancelled_WritesTimerCanceled() => RunAsync(async scenario =>
    {
        var handle = await scenario.StartAsync((StepWorkflow wf) => wf.RunAsync("cancel-timer"));

        (await handle.GetResultAsync()).ShouldBe("cancelled");
        (await Scenario.EventsAsync(handle)).ShouldContain(e => e.EventType == EventType.TimerCanceled);
    });

    [Fact]
    public Task Signals_WhenSeveralAreSent_ArriveInOrder() => RunAsync(async scenario =>
    {
        var handle = await scenario.StartAsync((StepWorkflow wf) => wf.RunAsync("collect"));
        foreach (var item in new[] { "a", "b", "c" })
        {
            await handle.SignalAsync(wf => wf.AddAsync(item));
            (await handle.QueryAsync(wf => wf.Items())).ShouldEndWith(item);
        }

        await handle.SignalAsync(wf => wf.AddAsync("end"));

        (await handle.GetResultAsync()).ShouldBe("a,b,c,end");
        (await handle.QueryAsync(wf => wf.Items())).ShouldBe("a,b,c,end");
    });

    [Fact]
    public Task Signals_WhileWorkflowCompletes_AreNotLost() => RunAsync(async scenario =>
    {
        var handle = await scenario.StartAsync((StepWorkflow wf) => wf.RunAsync("collect"));
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => handle.SignalAsync(wf => wf.AddAsync($"{i}"))));
        await handle.SignalAsync(wf => wf.AddAsync("end"));

        (await handle.GetResultAsync()).Split(',').Length.ShouldBe(51);
    });

    [Fact]
    public Task Query_WhenHandlerFails_ReturnsReason() => RunAsync(async scenario =>
    {
        var handle = await scenario.StartAsync((StepWorkflow wf) => wf.RunAsync("collect"));

        var failed = await Should.ThrowAsync<WorkflowQueryFailedException>(() => handle.QueryAsync(wf => wf.Broken()));

        failed.Message.ShouldContain("no answer");
        await handle.TerminateAsync();
        await Should.ThrowAsync<WorkflowQueryRejectedException>(
            () => handle.QueryAsync(wf => wf.Items(), new() { RejectCondition = QueryRejectCondition.NotOpen }));
    });

    [Fact]
    public Task SignalWithStart_WhenRepeated_StartsOnceAndSignalsEachTime() => RunAsync(async scenario =>
    {
        var options = scenario.Options();
        options.SignalWithStart((StepWorkflow wf) => wf.AddAsync("first"));
        var first = await scenario.StartAsync((StepWorkflow wf) => wf.RunAsync("collect"), options);
        var again = scenario.Options(options.Id);
        again.SignalWithStart((StepWorkflow wf) => wf.AddAsync("end"));
        var second = await server.Client.StartWorkflowAsync((StepWorkflow wf) => wf.RunAsync("collect"), again);

        second.ResultRunId.ShouldBe(first.ResultRunId);
        (await first.GetResultAsync()).ShouldBe("first,end");
    });

    [Fact]
    public Task Terminate_WithReason_ReturnsReason() => RunAsync(async scenario =>
    {
        var handle = await scenario.StartAsync((StepWorkflow wf) => wf.RunAsync("collect"));

        await handle.TerminateAsync("enough");

        var failed = await Should.ThrowAsync<WorkflowFailedException>(() => handle.GetResultAsync());
        failed.InnerException.ShouldBeOfType<TerminatedFailureException>().Message.ShouldBe("enough");
        var gone = await Should.ThrowAsync<RpcException>(() => handle.SignalAsync(wf => wf.AddAsync("late")));
        gone.Code.ShouldBe(RpcException.StatusCode.NotFound);
    });

    [Fact]
    public Task RunTimeout_WhenReached_ClosesRun() => RunAsync(async scenario =>
    {
        var options = scenario.Options();
        options.RunTimeout = TimeSpan.FromMilliseconds(300);
        var handle = await scenario.StartAsync((StepWorkflow wf) => wf.RunAsync("collect"), options);

        var failed = await Should.ThrowAsync<WorkflowFailedException>(() => handle.GetResultAsync());
        failed.InnerException.ShouldBeOfType<TimeoutFailureException>();
    });

    [Fact]
    public Task WorkflowTask_FailingRepeatedly_DoesNotGrowHistory() => RunAsync(async scenario =>
    {
        StepWorkflow.TaskFailures = 0;
        var options = scenario.Options();
        options.TaskTimeout = TimeSpan.FromSeconds(1);
        var handle = await scenario.StartAsync((StepWorkflow wf) => wf.RunAsync("fail-task"), options);

        (await handle.GetResultAsync()).ShouldBe("recovered");

        var events = await Scenario.EventsAsync(handle);
        events.Count(e => e.EventType == EventType.WorkflowTaskFailed).ShouldBe(1);
        events.Last(e => e.EventType == EventType.WorkflowTaskScheduled).WorkflowTaskScheduledEventAttributes.Attempt.ShouldBeGreaterThan(1);
    });

    [Fact]
    public Task ContinueAsNew_OfWorkflow_ContinuesUnderSameId() => RunAsync(async scenario =>
    {
        var handle = await scenario.StartAsync((StepWorkflow wf) => wf.RunAsync("continue"));

        (await handle.GetResultAsync()).ShouldBe("continued");
    });

    [Fact]
    public async Task FailedWorkflow_WithRetryPolicy_StartsNextRun() => await RunAsync(async scenario =>
    {
        var options = scenario.Options();
        options.RetryPolicy = new() { InitialInterval = TimeSpan.FromMilliseconds(20), MaximumAttempts = 3 };
        var handle = await scenario.StartAsync((StepWorkflow wf) => wf.RunAsync("fail-twice"), options);

        (await handle.GetResultAsync()).ShouldBe("attempt 3");
    });

    [Fact]
    public Task Start_WithRunningId_FollowsConflictPolicy() => RunAsync(async scenario =>
    {
        var first = await scenario.StartAsync((StepWorkflow wf) => wf.RunAsync("collect"));

        var error = await Should.ThrowAsync<WorkflowAlreadyStartedException>(() => StartAgainAsync(WorkflowIdConflictPolicy.Fail));
        error.RunId.ShouldBe(first.ResultRunId);
        (await StartAgainAsync(WorkflowIdConflictPolicy.UseExisting)).ResultRunId.ShouldBe(first.ResultRunId);
        var replaced = await StartAgainAsync(WorkflowIdConflictPolicy.TerminateExisting);
        replaced.ResultRunId.ShouldNotBe(first.ResultRunId);
        (await server.Client.GetWorkflowHandle(first.Id, first.ResultRunId).DescribeAsync()).Status.ShouldBe(WorkflowExecutionStatus.Terminated);
        await replaced.TerminateAsync();

        Task<WorkflowHandle<StepWorkflow, string>> StartAgainAsync(WorkflowIdConflictPolicy policy)
        {
            var options = scenario.Options(first.Id);
            options.IdConflictPolicy = policy;
            return server.Client.StartWorkflowAsync((StepWorkflow wf) => wf.RunAsync("collect"), options);
        }
    });

    [Fact]
    public Task Start_WithRepeatedRequestId_StartsOnce() => RunAsync(async scenario =>
    {
        var request = new StartWorkflowExecutionRequest
        {
            Namespace = server.Client.Options.Namespace,
            WorkflowId = $"wf-{Guid.NewGuid()}",
            WorkflowType = new() { Name = "Any" },
            TaskQueue = new() { Name = Scenario.NewQueue() },
            RequestId = Guid.NewGuid().ToString(),
        };

        var first = await server.Client.WorkflowService.StartWorkflowExecutionAsync(request);
        var second = await server.Client.WorkflowService.StartWorkflowExecutionAsync(request);

        second.RunId.ShouldBe(first.RunId);
        await server.Client.GetWorkflowHandle(request.WorkflowId).TerminateAsync();
        _ = scenario;
    });

    [Fact]
    public Task History_WithPageSize_IsReadInPages() => RunAsync(async scenario =>
    {
        var handle = await scenario.StartAsync((StepWorkflow wf) => wf.RunAsync("timers"));
        await handle.GetResultAsync();
        var all = await Scenario.EventsAsync(handle);

        var request = new GetWorkflowExecutionHistoryRequest
        {
            Namespace = server.Client.Options.Namespace,
            Execution = new() { WorkflowId = handle.Id },
            MaximumPageSize = 4,
        };
        List<long> ids = [];
        do
        {
            var page = await server.Client.WorkflowService.GetWorkflowExecutionHistoryAsync(request);
            page.History.Events.Count.ShouldBeInRange(1, 4);
            ids.AddRange(page.History.Events.Select(e => e.EventId));
            request.NextPageToken = page.NextPageToken;
        }
        while (!request.NextPageToken.IsEmpty);

        ids.ShouldBe(all.Select(e => e.EventId));
    });

    private Task RunAsync(Func<Scenario, Task> body) => Scenario.RunAsync(
        server.Client, options => options.AddWorkflow<StepWorkflow>(), body);

    [Workflow]
    public sealed class StepWorkflow
    {
        private readonly List<string> _items = [];

        public static int TaskFailures { get; set; }

        [WorkflowRun]
        public async Task<string> RunAsync(string what)
        {
            switch (what)
            {
                case "timers":
                    await Workflow.WhenAllAsync(new[] { 150, 50, 100 }.Select(async delay =>
                    {
                        await Workflow.DelayAsync(delay);
                        _items.Add($"{delay}");
                    }));
                    return Items();
                case "cancel-timer":
                    using (var source = CancellationTokenSource.CreateLinkedTokenSource(Workflow.CancellationToken))
                    {
                        var timer = Workflow.DelayAsync(TimeSpan.FromHours(1), source.Token);
                        await Workflow.DelayAsync(20);
                        source.Cancel();
                        try
                        {
                            await timer;
                            return "fired";
                        }
                        catch (TaskCanceledException)
                        {
                            return "cancelled";
                        }
                    }

                case "fail-task":
                    if (!Workflow.Unsafe.IsReplaying && TaskFailures++ < 2)
                    {
                        throw new InvalidOperationException("fails twice");
                    }

                    return "recovered";
                case "continue":
                    throw Workflow.CreateContinueAsNewException((StepWorkflow wf) => wf.RunAsync("continued"));
                case "continued":
                    return "continued";
                case "fail-twice" when Workflow.Info.Attempt < 3:
                    throw new ApplicationFailureException("again");
                case "fail-twice":
                    return $"attempt {Workflow.Info.Attempt}";
                default:
                    await Workflow.WaitConditionAsync(() => _items.Contains("end"));
                    return Items();
            }
        }

        [WorkflowSignal]
        public Task AddAsync(string item)
        {
            _items.Add(item);
            return Task.CompletedTask;
        }

        [WorkflowQuery]
        public string Items() => string.Join(',', _items);

        [WorkflowQuery]
        public string Broken() => throw new InvalidOperationException("no answer");
    }
}
