using Stedi.Testing;
using Temporalio.Api.Enums.V1;
using Temporalio.Exceptions;
using Temporalio.Workflows;
using ParentClosePolicy = Temporalio.Workflows.ParentClosePolicy;

namespace Stedi.Conformance.Tests;

public sealed class ChildAndExternalWorkflowTests(ConformanceServer server)
{
    [Fact]
    public Task Child_WhenCompleted_ReturnsResultToParent() => RunAsync(async scenario =>
    {
        var handle = await scenario.StartAsync((ParentWorkflow wf) => wf.RunAsync("result", $"wf-{Guid.NewGuid()}"));

        (await handle.GetResultAsync()).ShouldBe("child says done");
    });

    [Fact]
    public Task Child_WhenFailed_FailsInParent() => RunAsync(async scenario =>
    {
        var handle = await scenario.StartAsync((ParentWorkflow wf) => wf.RunAsync("failure", $"wf-{Guid.NewGuid()}"));

        var failed = await Should.ThrowAsync<WorkflowFailedException>(() => handle.GetResultAsync());
        failed.InnerException.ShouldBeOfType<ChildWorkflowFailureException>().InnerException!.Message.ShouldBe("child fails");
    });

    [Fact]
    public Task Child_WithRunningId_FailsToStart() => RunAsync(async scenario =>
    {
        var taken = await scenario.StartAsync((ChildWorkflow wf) => wf.RunAsync("wait"));

        var handle = await scenario.StartAsync((ParentWorkflow wf) => wf.RunAsync("taken", taken.Id));

        (await handle.GetResultAsync()).ShouldBe("refused");
        await taken.TerminateAsync();
    });

    [Theory]
    [InlineData(ParentClosePolicy.Terminate, WorkflowExecutionStatus.Terminated)]
    [InlineData(ParentClosePolicy.RequestCancel, WorkflowExecutionStatus.Canceled)]
    [InlineData(ParentClosePolicy.Abandon, WorkflowExecutionStatus.Running)]
    public Task Child_WhenParentCloses_FollowsParentClosePolicy(ParentClosePolicy policy, WorkflowExecutionStatus expected) => RunAsync(async scenario =>
    {
        var childId = $"wf-{Guid.NewGuid()}";
        var handle = await scenario.StartAsync((ParentWorkflow wf) => wf.RunAsync($"leave:{policy}", childId));
        await handle.GetResultAsync();

        var child = server.Client.GetWorkflowHandle(childId);
        await Scenario.EventuallyAsync(async () => (await child.DescribeAsync()).Status == expected);
        if (expected == WorkflowExecutionStatus.Running)
        {
            await child.TerminateAsync();
        }
    });

    [Fact]
    public Task ExternalWorkflow_FromWorkflow_IsSignalledAndCancelled() => RunAsync(async scenario =>
    {
        var other = await scenario.StartAsync((ChildWorkflow wf) => wf.RunAsync("wait"));

        var handle = await scenario.StartAsync((ParentWorkflow wf) => wf.RunAsync("external", other.Id));

        (await handle.GetResultAsync()).ShouldBe("both");
        await Should.ThrowAsync<WorkflowFailedException>(() => other.GetResultAsync());
        var types = (await Scenario.EventsAsync(other)).Select(e => e.EventType).ToList();
        types.ShouldContain(EventType.WorkflowExecutionSignaled);
        types.ShouldContain(EventType.WorkflowExecutionCanceled);
    });

    [Fact]
    public Task ExternalSignal_ToUnknownWorkflow_Fails() => RunAsync(async scenario =>
    {
        var handle = await scenario.StartAsync((ParentWorkflow wf) => wf.RunAsync("external", "no-such-workflow"));

        var failed = await Should.ThrowAsync<WorkflowFailedException>(() => handle.GetResultAsync());
        failed.InnerException!.Message.ShouldContain("not found", Case.Insensitive);
    });

    private Task RunAsync(Func<Scenario, Task> body) => Scenario.RunAsync(
        server.Client, options => options.AddWorkflow<ParentWorkflow>().AddWorkflow<ChildWorkflow>(), body);

    [Workflow]
    public sealed class ParentWorkflow
    {
        [WorkflowRun]
        public async Task<string> RunAsync(string what, string otherId)
        {
            switch (what)
            {
                case "result":
                case "failure":
                    return await Workflow.ExecuteChildWorkflowAsync((ChildWorkflow wf) => wf.RunAsync(what), new() { Id = otherId });
                case "taken":
                    try
                    {
                        await Workflow.ExecuteChildWorkflowAsync((ChildWorkflow wf) => wf.RunAsync("result"), new() { Id = otherId });
                        return "started";
                    }
                    catch (WorkflowAlreadyStartedException)
                    {
                        return "refused";
                    }

                case "external":
                    var other = Workflow.GetExternalWorkflowHandle<ChildWorkflow>(otherId);
                    await other.SignalAsync(wf => wf.PokeAsync());
                    await other.CancelAsync();
                    return "both";
                default:
                    var policy = Enum.Parse<ParentClosePolicy>(what["leave:".Length..]);
                    await Workflow.StartChildWorkflowAsync((ChildWorkflow wf) => wf.RunAsync("wait"), new() { Id = otherId, ParentClosePolicy = policy });
                    return "left";
            }
        }
    }

    [Workflow]
    public sealed class ChildWorkflow
    {
        [WorkflowRun]
        public async Task<string> RunAsync(string what)
        {
            switch (what)
            {
                case "failure":
                    throw new ApplicationFailureException("child fails");
                case "wait":
                    await Workflow.WaitConditionAsync(() => false);
                    return "";
                default:
                    return "child says done";
            }
        }

        [WorkflowSignal]
        public Task PokeAsync() => Task.CompletedTask;
    }
}
