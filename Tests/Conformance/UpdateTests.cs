using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Stedi.Temporal.Tests.Conformance;

public sealed class UpdateTests(ConformanceServer server)
{
    [Fact]
    public Task An_update_changes_the_workflow_and_returns_a_result() => RunAsync(async scenario =>
    {
        var handle = await scenario.StartAsync((CounterWorkflow wf) => wf.RunAsync());

        (await handle.ExecuteUpdateAsync(wf => wf.AddAsync(2))).ShouldBe(2);
        (await handle.ExecuteUpdateAsync(wf => wf.AddAsync(3))).ShouldBe(5);

        await handle.SignalAsync(wf => wf.EndAsync());
        (await handle.GetResultAsync()).ShouldBe(5);
        var types = (await Scenario.EventsAsync(handle)).Select(e => e.EventType).ToList();
        types.Count(t => t == EventType.WorkflowExecutionUpdateAccepted).ShouldBe(2);
        types.Count(t => t == EventType.WorkflowExecutionUpdateCompleted).ShouldBe(2);
    });

    [Fact]
    public Task A_rejected_update_leaves_nothing_in_history() => RunAsync(async scenario =>
    {
        var handle = await scenario.StartAsync((CounterWorkflow wf) => wf.RunAsync());

        var failed = await Should.ThrowAsync<WorkflowUpdateFailedException>(() => handle.ExecuteUpdateAsync(wf => wf.AddAsync(-1)));

        failed.InnerException!.Message.ShouldContain("only upwards");
        (await Scenario.EventsAsync(handle)).ShouldNotContain(e => e.EventType == EventType.WorkflowExecutionUpdateAccepted);
        await handle.TerminateAsync();
    });

    [Fact]
    public Task An_accepted_update_is_waited_for_by_its_id() => RunAsync(async scenario =>
    {
        var handle = await scenario.StartAsync((CounterWorkflow wf) => wf.RunAsync());
        var update = await handle.StartUpdateAsync(wf => wf.AddLaterAsync(7), new("later", WorkflowUpdateStage.Accepted));
        var again = await handle.StartUpdateAsync(wf => wf.AddLaterAsync(7), new("later", WorkflowUpdateStage.Accepted));

        await handle.SignalAsync(wf => wf.ProceedAsync());

        (await update.GetResultAsync()).ShouldBe(7);
        (await again.GetResultAsync()).ShouldBe(7);
        (await handle.ExecuteUpdateAsync(wf => wf.AddLaterAsync(7), new() { Id = "later" })).ShouldBe(7);
        await handle.TerminateAsync();
    });

    [Fact]
    public Task An_update_left_open_by_a_closing_workflow_fails() => RunAsync(async scenario =>
    {
        var handle = await scenario.StartAsync((CounterWorkflow wf) => wf.RunAsync());
        var update = await handle.StartUpdateAsync(wf => wf.AddLaterAsync(7), new(WorkflowUpdateStage.Accepted));

        await handle.TerminateAsync();

        var failed = await Should.ThrowAsync<WorkflowUpdateFailedException>(() => update.GetResultAsync());
        failed.InnerException.ShouldBeOfType<ApplicationFailureException>().ErrorType.ShouldBe("AcceptedUpdateCompletedWorkflow");
    });

    [Fact]
    public Task Update_with_start_starts_once_and_updates_every_time() => RunAsync(async scenario =>
    {
        var id = $"wf-{Guid.NewGuid()}";

        (await UpdateWithStartAsync(2)).ShouldBe(2);
        (await UpdateWithStartAsync(3)).ShouldBe(5);

        await server.Client.GetWorkflowHandle(id).TerminateAsync();

        async Task<int> UpdateWithStartAsync(int by)
        {
            var options = scenario.Options(id);
            options.IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting;
            return await server.Client.ExecuteUpdateWithStartWorkflowAsync(
                (CounterWorkflow wf) => wf.AddAsync(by),
                new(WithStartWorkflowOperation.Create((CounterWorkflow wf) => wf.RunAsync(), options)));
        }
    });

    private Task RunAsync(Func<Scenario, Task> body) => Scenario.RunAsync(server.Client, options => options.AddWorkflow<CounterWorkflow>(), body);

    [Workflow]
    public sealed class CounterWorkflow
    {
        private int count;
        private bool isEnded;
        private bool mayProceed;

        [WorkflowRun]
        public async Task<int> RunAsync()
        {
            await Workflow.WaitConditionAsync(() => isEnded);
            return count;
        }

        [WorkflowUpdate]
        public Task<int> AddAsync(int by) => Task.FromResult(count += by);

        [WorkflowUpdateValidator(nameof(AddAsync))]
        public void ValidateAdd(int by)
        {
            if (by < 0)
            {
                throw new ArgumentOutOfRangeException(nameof(by), "only upwards");
            }
        }

        [WorkflowUpdate]
        public async Task<int> AddLaterAsync(int by)
        {
            await Workflow.WaitConditionAsync(() => mayProceed);
            return count += by;
        }

        [WorkflowSignal]
        public Task EndAsync()
        {
            isEnded = true;
            return Task.CompletedTask;
        }

        [WorkflowSignal]
        public Task ProceedAsync()
        {
            mayProceed = true;
            return Task.CompletedTask;
        }
    }
}
