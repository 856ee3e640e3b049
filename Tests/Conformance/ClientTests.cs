using Stedi.Testing;
using Temporalio.Api.Enums.V1;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Stedi.Conformance.Tests;

/// <summary>What clients observe of runs that they start, follow and stop.</summary>
public sealed class ClientTests(ConformanceServer server)
{
    [Fact]
    public Task Start_WithRunningId_FailsNamingItsRun() => RunAsync(async scenario =>
    {
        var first = await scenario.StartAsync((PlainWorkflow wf) => wf.RunAsync("wait"));

        var error = await Should.ThrowAsync<WorkflowAlreadyStartedException>(
            () => server.Client.StartWorkflowAsync((PlainWorkflow wf) => wf.RunAsync("wait"), scenario.Options(first.Id)));

        (error.WorkflowId, error.RunId).ShouldBe((first.Id, first.ResultRunId));
        await first.TerminateAsync();
    });

    [Theory]
    [InlineData(WorkflowIdReusePolicy.AllowDuplicateFailedOnly)]
    [InlineData(WorkflowIdReusePolicy.RejectDuplicate)]
    public Task Start_WithCompletedId_FollowsReusePolicy(WorkflowIdReusePolicy policy) => RunAsync(async scenario =>
    {
        var first = await scenario.StartAsync((PlainWorkflow wf) => wf.RunAsync("done"));
        await first.GetResultAsync();
        var options = scenario.Options(first.Id);
        options.IdReusePolicy = policy;

        await Should.ThrowAsync<WorkflowAlreadyStartedException>(() => server.Client.StartWorkflowAsync((PlainWorkflow wf) => wf.RunAsync("done"), options));
    });

    [Theory]
    [InlineData(null)]
    [InlineData("hello")]
    public Task Start_WithStartDelay_WritesItToFirstEvent(string? signal) => RunAsync(async scenario =>
    {
        var options = scenario.Options();
        options.StartDelay = TimeSpan.FromMinutes(45);
        options.StartSignal = signal;

        var handle = await server.Client.StartWorkflowAsync((PlainWorkflow wf) => wf.RunAsync("done"), options);

        var events = await Scenario.EventsAsync(handle);
        events[0].WorkflowExecutionStartedEventAttributes.FirstWorkflowTaskBackoff.ToTimeSpan().ShouldBe(TimeSpan.FromMinutes(45));
        events.ShouldNotContain(e => e.EventType == EventType.WorkflowTaskScheduled);
        await handle.TerminateAsync();
    });

    [Fact]
    public Task GetResult_WithContinuedRuns_FollowsThemUnlessDisabled() => RunAsync(async scenario =>
    {
        var handle = await scenario.StartAsync((PlainWorkflow wf) => wf.RunAsync("continue"));

        (await handle.GetResultAsync()).ShouldBe("done");
        await Should.ThrowAsync<WorkflowContinuedAsNewException>(() => handle.GetResultAsync(followRuns: false));
    });

    [Fact]
    public Task Describe_OfClosedRun_ReturnsAllFields() => RunAsync(async scenario =>
    {
        var before = DateTime.UtcNow.AddMinutes(-1);
        var handle = await scenario.StartAsync((PlainWorkflow wf) => wf.RunAsync("done"));
        await handle.GetResultAsync();

        var description = await handle.DescribeAsync();

        (description.Status, description.TaskQueue, description.WorkflowType).ShouldBe((WorkflowExecutionStatus.Completed, scenario.Queue, nameof(PlainWorkflow)));
        description.RunId.ShouldBe(handle.FirstExecutionRunId);
        (description.ParentId, description.ParentRunId).ShouldBe((null, null));
        description.StartTime.ShouldBeGreaterThan(before);
        description.ExecutionTime!.Value.ShouldBeGreaterThanOrEqualTo(description.StartTime);
        description.CloseTime!.Value.ShouldBeGreaterThanOrEqualTo(description.StartTime);
        description.HistoryLength.ShouldBe((await Scenario.EventsAsync(handle)).Count);
    });

    [Fact]
    public Task ClosedRun_WhenCalled_IgnoresCancelAndRejectsTheRest() => RunAsync(async scenario =>
    {
        var handle = await scenario.StartAsync((PlainWorkflow wf) => wf.RunAsync("done"));
        await handle.GetResultAsync();

        await handle.CancelAsync();

        (await Should.ThrowAsync<RpcException>(() => handle.TerminateAsync())).Code.ShouldBe(RpcException.StatusCode.NotFound);
        var error = await Should.ThrowAsync<RpcException>(() => handle.SignalAsync("any", []));
        (error.Code, error.Message).ShouldBe((RpcException.StatusCode.NotFound, "workflow execution already completed"));
        (await Scenario.EventsAsync(handle))[^1].EventType.ShouldBe(EventType.WorkflowExecutionCompleted);
    });

    [Fact]
    public Task Query_OfClosedRunWithRejectCondition_IsRejected() => RunAsync(async scenario =>
    {
        var handle = await scenario.StartAsync((PlainWorkflow wf) => wf.RunAsync("done"));
        await handle.GetResultAsync();

        (await handle.QueryAsync(wf => wf.What())).ShouldBe("done");
        var rejected = await Should.ThrowAsync<WorkflowQueryRejectedException>(
            () => handle.QueryAsync(wf => wf.What(), new() { RejectCondition = QueryRejectCondition.NotOpen }));
        rejected.WorkflowStatus.ShouldBe(WorkflowExecutionStatus.Completed);
    });

    [Fact]
    public async Task Calls_ToUnknownWorkflow_ReturnNotFound()
    {
        var missing = server.Client.GetWorkflowHandle($"missing-{Guid.NewGuid()}");

        foreach (var call in new Func<Task>[]
        {
            () => missing.GetResultAsync(), () => missing.CancelAsync(), () => missing.TerminateAsync(), () => missing.DescribeAsync(),
            () => missing.SignalAsync("any", []), () => missing.QueryAsync<string>("any", []), () => missing.ExecuteUpdateAsync<string>("any", []), () => missing.FetchHistoryAsync(),
        })
        {
            (await Should.ThrowAsync<RpcException>(call)).Code.ShouldBe(RpcException.StatusCode.NotFound);
        }
    }

    [Fact]
    public Task GetResult_WhenClientCancels_LeavesWorkflowRunning() => RunAsync(async scenario =>
    {
        var handle = await scenario.StartAsync((PlainWorkflow wf) => wf.RunAsync("wait"));

        var timedOut = await Should.ThrowAsync<RpcException>(() => handle.GetResultAsync(rpcOptions: new() { Timeout = TimeSpan.FromMilliseconds(300) }));

        timedOut.Code.ShouldBeOneOf(RpcException.StatusCode.DeadlineExceeded, RpcException.StatusCode.Cancelled);
        (await handle.DescribeAsync()).Status.ShouldBe(WorkflowExecutionStatus.Running);
        await handle.TerminateAsync();
    });

    [Fact]
    public Task List_WithPageSizeAndLimit_ReturnsPagesUpToLimit() => RunAsync(async scenario =>
    {
        var id = $"wf-{Guid.NewGuid()}";
        for (var i = 0; i < 5; i++)
        {
            await (await scenario.StartAsync((PlainWorkflow wf) => wf.RunAsync("done"), scenario.Options(id))).GetResultAsync();
        }

        List<int> sizes = [];
        byte[]? token = null;
        do
        {
            var page = await server.Client.ListWorkflowsPaginatedAsync($"WorkflowId = '{id}'", token, new() { PageSize = 2 });
            sizes.Add(page.Workflows.Count);
            token = page.NextPageToken;
        }
        while (token is not null);
        var limited = 0;
        await foreach (var _ in server.Client.ListWorkflowsAsync($"WorkflowId = '{id}'", new() { Limit = 3 }))
        {
            limited++;
        }

        sizes.ShouldBe([2, 2, 1]);
        limited.ShouldBe(3);
    });

    private Task RunAsync(Func<Scenario, Task> body) => Scenario.RunAsync(server.Client, options => options.AddWorkflow<PlainWorkflow>(), body);

    [Workflow]
    public sealed class PlainWorkflow
    {
        private string _what = "";

        [WorkflowRun]
        public async Task<string> RunAsync(string what)
        {
            _what = what;
            if (what == "continue")
            {
                throw Workflow.CreateContinueAsNewException((PlainWorkflow wf) => wf.RunAsync("done"));
            }

            await Workflow.WaitConditionAsync(() => what != "wait");
            return what;
        }

        [WorkflowQuery]
        public string What() => _what;
    }
}
