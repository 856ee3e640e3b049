using Stedi.Testing;
using Temporalio.Workflows;

namespace Stedi.Conformance.Tests;

/// <summary>The information that a workflow has about itself.</summary>
public sealed class WorkflowInfoTests(ConformanceServer server)
{
    [Fact]
    public Task WorkflowInfo_WithoutOptions_HasNoOptionalValues() => RunAsync(async scenario =>
    {
        var handle = await scenario.StartAsync((SelfAwareWorkflow wf) => wf.RunAsync("self"));

        var info = await handle.GetResultAsync();

        info.Attempt.ShouldBe(1);
        info.Timeouts.ShouldBe("");
        info.Root.ShouldBe("");
        info.Parent.ShouldBe("");
        info.ContinuedRunId.ShouldBe("");
        var events = await Scenario.EventsAsync(handle);
        info.WorkflowStartTime.ShouldBe(events[0].EventTime.ToDateTime());
        info.FirstTaskTime.ShouldBe(events[2].EventTime.ToDateTime());
    });

    [Fact]
    public Task WorkflowInfo_OfGrandchild_NamesParentAndRoot() => RunAsync(async scenario =>
    {
        var handle = await scenario.StartAsync((SelfAwareWorkflow wf) => wf.RunAsync("grandchild"));

        var info = await handle.GetResultAsync();

        info.Root.ShouldBe(handle.ResultRunId);
        info.Parent.ShouldNotBeOneOf("", handle.ResultRunId);
        var described = await scenario.DescribeAsync(handle);
        described.WorkflowExecutionInfo.RootExecution.RunId.ShouldBe(handle.ResultRunId);
    });

    [Fact]
    public Task WorkflowInfo_OfContinuedRun_IsItsOwnRoot() => RunAsync(async scenario =>
    {
        var handle = await scenario.StartAsync((SelfAwareWorkflow wf) => wf.RunAsync("continue"));

        var info = await handle.GetResultAsync();

        info.Root.ShouldBe("");
        info.ContinuedRunId.ShouldBe(handle.FirstExecutionRunId);
        var described = await scenario.DescribeAsync(handle);
        described.WorkflowExecutionInfo.RootExecution.RunId.ShouldBe(described.WorkflowExecutionInfo.Execution.RunId);
    });

#pragma warning disable CS0612, CS0618 // Build ids without worker versioning use obsolete members.
    [Fact]
    public async Task WorkflowTaskCompleted_FromWorker_RecordsItsBuildId()
    {
        await Scenario.RunAsync(server.Client, options => Configure(options).BuildId = "build 7", async scenario =>
        {
            var handle = await scenario.StartAsync((SelfAwareWorkflow wf) => wf.RunAsync("self"));
            await handle.GetResultAsync();

            (await handle.QueryAsync(wf => wf.BuildId())).ShouldBe("build 7");
            (await Scenario.EventsAsync(handle))[3].WorkflowTaskCompletedEventAttributes.WorkerVersion.BuildId.ShouldBe("build 7");
        });
    }
#pragma warning restore CS0612, CS0618

    private static Temporalio.Worker.TemporalWorkerOptions Configure(Temporalio.Worker.TemporalWorkerOptions options) =>
        options.AddWorkflow<SelfAwareWorkflow>();

    private Task RunAsync(Func<Scenario, Task> body) => Scenario.RunAsync(server.Client, options => Configure(options), body);

    public sealed record Known(
        int Attempt, string Timeouts, string Root, string Parent, string ContinuedRunId, DateTime WorkflowStartTime, DateTime FirstTaskTime);

    [Workflow]
    public sealed class SelfAwareWorkflow
    {
        [WorkflowRun]
        public async Task<Known> RunAsync(string what)
        {
            var info = Workflow.Info;
            return what switch
            {
                "grandchild" => await Workflow.ExecuteChildWorkflowAsync((SelfAwareWorkflow wf) => wf.RunAsync("child")),
                "child" => await Workflow.ExecuteChildWorkflowAsync((SelfAwareWorkflow wf) => wf.RunAsync("self")),
                "continue" => throw Workflow.CreateContinueAsNewException((SelfAwareWorkflow wf) => wf.RunAsync("self")),
                _ => new(
                    info.Attempt,
                    $"{info.RunTimeout}{info.ExecutionTimeout}{info.RetryPolicy}{info.CronSchedule}",
                    info.Root?.RunId ?? "",
                    info.Parent?.RunId ?? "",
                    info.ContinuedRunId ?? "",
                    info.WorkflowStartTime,
                    info.StartTime),
            };
        }

        [WorkflowQuery]
        public string BuildId() => Workflow.CurrentBuildId;
    }
}
