using Stedi.DevStack.Temporal.Engine.Matching;
using Stedi.DevStack.Temporal.Engine.Transitions;
using Stedi.DevStack.Temporal.Queries;
using Temporalio.Api.Query.V1;

namespace Stedi.DevStack.Temporal.Tests;

/// <summary>What happens to tasks whose worker goes away.</summary>
public sealed class TaskQueuesTests
{
    private static readonly QueueKey Normal = new("default", "normal", QueueKind.Workflow);
    private static readonly QueueKey Sticky = Normal with { Name = "a worker's own" };
    private readonly TaskQueueDirectory _queues = new(TimeProvider.System, new());

    [Fact]
    public async Task A_query_in_a_worker_s_own_queue_goes_to_any_worker_when_it_stops()
    {
        _queues[Sticky].Offer(Query());

        _queues.CloseSticky(Sticky).ShouldBeEmpty();

        (await _queues.TakeAsync(Normal, "", CancellationToken.None)).ShouldBeOfType<QueryTask>().Queue.ShouldBe(Normal);
    }

    [Fact]
    public void A_workflow_task_in_a_worker_s_own_queue_is_handed_back_when_it_stops()
    {
        var task = new ExecutionTask(Sticky, "wf", "run", 2, 1, 0);
        _queues[Sticky].Offer(task);

        _queues.CloseSticky(Sticky).ShouldBe([task]);
    }

    [Fact]
    public void What_comes_back_from_a_poll_after_the_worker_stopped_is_not_forgotten()
    {
        var task = new ExecutionTask(Sticky, "wf", "run", 2, 1, 0);
        _queues.Return(Sticky, task).ShouldBeEmpty();
        _queues.CloseSticky(Sticky).ShouldBe([task]);

        _queues.Return(Sticky, task).ShouldBe([task]);
    }

    [Fact]
    public async Task A_worker_that_is_shutting_down_waits_for_nothing_more()
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
