using Stedi.DevStack.Temporal.Engine.Matching;
using Stedi.DevStack.Temporal.Engine.Transitions;
using Stedi.DevStack.Temporal.Queries;
using Temporalio.Api.Query.V1;

namespace Stedi.Temporal.Tests.DevStack.Temporal;

/// <summary>What happens to tasks whose worker goes away.</summary>
public sealed class TaskQueuesTests
{
    private static readonly QueueKey Normal = new("default", "normal", QueueKind.Workflow);
    private static readonly QueueKey Sticky = Normal with { Name = "a worker's own" };
    private readonly TaskQueueDirectory queues = new(TimeProvider.System, new());

    [Fact]
    public async Task A_query_in_a_worker_s_own_queue_goes_to_any_worker_when_it_stops()
    {
        queues[Sticky].Offer(Query());

        queues.CloseSticky(Sticky).ShouldBeEmpty();

        (await queues.TakeAsync(Normal, "", CancellationToken.None)).ShouldBeOfType<QueryTask>().Queue.ShouldBe(Normal);
    }

    [Fact]
    public void A_workflow_task_in_a_worker_s_own_queue_is_handed_back_when_it_stops()
    {
        var task = new ExecutionTask(Sticky, "wf", "run", 2, 1, 0);
        queues[Sticky].Offer(task);

        queues.CloseSticky(Sticky).ShouldBe([task]);
    }

    [Fact]
    public void What_comes_back_from_a_poll_after_the_worker_stopped_is_not_forgotten()
    {
        var task = new ExecutionTask(Sticky, "wf", "run", 2, 1, 0);
        queues.Return(Sticky, task).ShouldBeEmpty();
        queues.CloseSticky(Sticky).ShouldBe([task]);

        queues.Return(Sticky, task).ShouldBe([task]);
    }

    [Fact]
    public async Task A_worker_that_is_shutting_down_waits_for_nothing_more()
    {
        var before = queues.TakeAsync(Normal, "worker", CancellationToken.None);
        queues.ReleasePollers("worker");

        (await before).ShouldBeNull();
        (await queues.TakeAsync(Normal, "worker", CancellationToken.None)).ShouldBeNull();
        queues[Normal].Offer(new ExecutionTask(Normal, "wf", "run", 2, 1, 0));
        (await queues.TakeAsync(Normal, "another", CancellationToken.None)).ShouldNotBeNull();
    }

    private static QueryTask Query() => new(Sticky, Normal, new("default", "wf", "run", new WorkflowQuery { QueryType = "any" }));
}
