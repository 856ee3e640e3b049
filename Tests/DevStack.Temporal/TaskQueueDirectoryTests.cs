using Stedi.DevStack.Temporal.Engine.Matching;
using Stedi.DevStack.Temporal.Engine.Transitions;
using Stedi.DevStack.Temporal.Queries;
using Temporalio.Api.Query.V1;

namespace Stedi.DevStack.Temporal.Tests;

/// <summary>What happens to tasks when their worker shuts down.</summary>
public sealed class TaskQueueDirectoryTests
{
    private static readonly QueueKey Normal = new("default", "normal", QueueKind.Workflow);
    private static readonly QueueKey Sticky = Normal with { Name = "sticky" };
    private readonly TaskQueueDirectory _queues = new(TimeProvider.System, new());

    [Fact]
    public async Task CloseSticky_WithQueuedQuery_RequeuesQueryForAnyWorker()
    {
        _queues[Sticky].Offer(Query());

        _queues.CloseSticky(Sticky).ShouldBeEmpty();

        (await _queues.TakeAsync(Normal, "", CancellationToken.None)).ShouldBeOfType<QueryTask>().Queue.ShouldBe(Normal);
    }

    [Fact]
    public void CloseSticky_WithQueuedWorkflowTask_ReturnsTaskToCaller()
    {
        var task = new ExecutionTask(Sticky, "wf", "run", 2, 1, 0);
        _queues[Sticky].Offer(task);

        _queues.CloseSticky(Sticky).ShouldBe([task]);
    }

    [Fact]
    public void Return_AfterWorkerStopped_KeepsTask()
    {
        var task = new ExecutionTask(Sticky, "wf", "run", 2, 1, 0);
        _queues.Return(Sticky, task).ShouldBeEmpty();
        _queues.CloseSticky(Sticky).ShouldBe([task]);

        _queues.Return(Sticky, task).ShouldBe([task]);
    }

    [Fact]
    public async Task Poll_WhenWorkerIsShuttingDown_ReturnsAtOnce()
    {
        var before = _queues.TakeAsync(Normal, "worker", CancellationToken.None);
        _queues.ReleasePollers("worker");

        (await before).ShouldBeNull();
        (await _queues.TakeAsync(Normal, "worker", CancellationToken.None)).ShouldBeNull();
        _queues[Normal].Offer(new ExecutionTask(Normal, "wf", "run", 2, 1, 0));
        (await _queues.TakeAsync(Normal, "another", CancellationToken.None)).ShouldNotBeNull();
    }

    private static QueryTask Query() => new(Sticky, Normal, new("default", "wf", "run", new WorkflowQuery { QueryType = "any" }));
}
