using System.Collections.Concurrent;
using Stedi.Testing;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Stedi.Conformance.Tests;

public sealed class UpdateTests(ConformanceServer server)
{
    [Fact]
    public Task Update_WhenAccepted_ChangesWorkflowAndReturnsResult() => RunAsync(async scenario =>
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
    public Task Update_WhenRejected_WritesNoUpdateEvent() => RunAsync(async scenario =>
    {
        var handle = await scenario.StartAsync((CounterWorkflow wf) => wf.RunAsync());

        var failed = await Should.ThrowAsync<WorkflowUpdateFailedException>(() => handle.ExecuteUpdateAsync(wf => wf.AddAsync(-1)));

        failed.InnerException!.Message.ShouldContain("must not be negative");
        (await Scenario.EventsAsync(handle)).ShouldNotContain(e => e.EventType == EventType.WorkflowExecutionUpdateAccepted);
        await handle.TerminateAsync();
    });

    [Fact]
    public Task UpdateHandle_OfAcceptedUpdate_WaitsById() => RunAsync(async scenario =>
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
    public Task Update_WhenWorkflowCloses_Fails() => RunAsync(async scenario =>
    {
        var handle = await scenario.StartAsync((CounterWorkflow wf) => wf.RunAsync());
        var update = await handle.StartUpdateAsync(wf => wf.AddLaterAsync(7), new(WorkflowUpdateStage.Accepted));

        await handle.TerminateAsync();

        var failed = await Should.ThrowAsync<WorkflowUpdateFailedException>(() => update.GetResultAsync());
        failed.InnerException.ShouldBeOfType<ApplicationFailureException>().ErrorType.ShouldBe("AcceptedUpdateCompletedWorkflow");
    });

    [Fact]
    public Task UpdateWithStart_WhenRepeated_StartsOnceAndUpdatesEachTime() => RunAsync(async scenario =>
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

    [Fact]
    public Task UpdateWithStart_WithFailConflictPolicyWhenRunning_IsRejected() => RunAsync(async scenario =>
    {
        var running = await scenario.StartAsync((CounterWorkflow wf) => wf.RunAsync());
        var options = scenario.Options(running.Id);
        options.IdConflictPolicy = WorkflowIdConflictPolicy.Fail;
        var start = WithStartWorkflowOperation.Create((CounterWorkflow wf) => wf.RunAsync(), options);

        await Should.ThrowAsync<WorkflowAlreadyStartedException>(
            () => server.Client.ExecuteUpdateWithStartWorkflowAsync((CounterWorkflow wf) => wf.AddAsync(1), new(start)));

        await Should.ThrowAsync<WorkflowAlreadyStartedException>(() => start.GetHandleAsync());
        await running.TerminateAsync();
    });

    [Fact]
    public async Task UpdateWithStart_WhenWorkflowClosesAtOnce_IsAnswered()
    {
        var queue = Scenario.NewQueue();
        var handle = await server.Client.StartWorkflowAsync((BriefWorkflow wf) => wf.RunAsync(), new($"wf-{Guid.NewGuid()}", queue));
        var update = handle.ExecuteUpdateAsync(wf => wf.AnswerAsync(), new("early"));
        await Scenario.EventuallyAsync(async () => (await AdmittedAsync(handle, "early")) is not null);

        using var worker = new TemporalWorker(
            server.Client, new TemporalWorkerOptions(queue) { MaxCachedWorkflows = 0 }.AddWorkflow<BriefWorkflow>());
        await worker.ExecuteAsync(async () =>
        {
            await handle.GetResultAsync();
            (await update).ShouldBe("answered");
            (await handle.QueryAsync(wf => wf.IsUpdated)).ShouldBeTrue();
        });
    }

    [Fact]
    public Task Update_FailingItsWorkflowTask_IsRetried() => RunAsync(async scenario =>
    {
        var handle = await scenario.StartAsync((CounterWorkflow wf) => wf.RunAsync());

        (await handle.ExecuteUpdateAsync(wf => wf.FailTaskOnceAsync(5))).ShouldBe(5);

        (await Scenario.EventsAsync(handle)).Count(e => e.EventType == EventType.WorkflowTaskFailed).ShouldBe(1);
        await handle.TerminateAsync();
    });

    private async Task<PollWorkflowExecutionUpdateResponse?> AdmittedAsync(WorkflowHandle handle, string updateId)
    {
        try
        {
            return await server.Client.WorkflowService.PollWorkflowExecutionUpdateAsync(new()
            {
                Namespace = server.Client.Options.Namespace,
                UpdateRef = new() { UpdateId = updateId, WorkflowExecution = new() { WorkflowId = handle.Id } },
            });
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
        {
            return null;
        }
    }

    private Task RunAsync(Func<Scenario, Task> body) => Scenario.RunAsync(server.Client, options => options.AddWorkflow<CounterWorkflow>(), body);

    [Workflow]
    public sealed class BriefWorkflow
    {
        [WorkflowQuery]
        public bool IsUpdated { get; private set; }

        [WorkflowRun]
        public Task RunAsync() => Task.CompletedTask;

        [WorkflowUpdate]
        public Task<string> AnswerAsync()
        {
            IsUpdated = true;
            return Task.FromResult("answered");
        }
    }

    [Workflow]
    public sealed class CounterWorkflow
    {
        private static readonly ConcurrentDictionary<string, bool> FailedRuns = new();
        private int _count;
        private bool _isEnded;
        private bool _mayProceed;

        [WorkflowRun]
        public async Task<int> RunAsync()
        {
            await Workflow.WaitConditionAsync(() => _isEnded);
            return _count;
        }

        [WorkflowUpdate]
        public Task<int> AddAsync(int by) => Task.FromResult(_count += by);

        /// <summary>Fails its first workflow task; static state remembers that it has.</summary>
        [WorkflowUpdate]
        public Task<int> FailTaskOnceAsync(int by) => FailedRuns.TryAdd(Workflow.Info.RunId, true)
            ? throw new InvalidOperationException("first attempt")
            : AddAsync(by);

        [WorkflowUpdateValidator(nameof(AddAsync))]
        public void ValidateAdd(int by)
        {
            if (by < 0)
            {
                throw new ArgumentOutOfRangeException(nameof(by), "must not be negative");
            }
        }

        [WorkflowUpdate]
        public async Task<int> AddLaterAsync(int by)
        {
            await Workflow.WaitConditionAsync(() => _mayProceed);
            return _count += by;
        }

        [WorkflowSignal]
        public Task EndAsync()
        {
            _isEnded = true;
            return Task.CompletedTask;
        }

        [WorkflowSignal]
        public Task ProceedAsync()
        {
            _mayProceed = true;
            return Task.CompletedTask;
        }
    }
}
