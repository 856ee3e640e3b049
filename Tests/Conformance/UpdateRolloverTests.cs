using Stedi.Testing;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Stedi.Conformance.Tests;

/// <summary>Many concurrent updates, across continue-as-new.</summary>
public sealed class UpdateRolloverTests(ConformanceServer server)
{
    [Fact]
    public Task Updates_AcrossContinueAsNew_ReachCurrentRun() => RunAsync(async handle =>
    {
        List<int> answers = [];
        for (var i = 0; i < 12; i++)
        {
            answers.Add(await handle.ExecuteUpdateAsync(wf => wf.AddAsync(1)));
        }

        answers.ShouldBe(Enumerable.Range(1, 12));
        (await handle.DescribeAsync()).RunId.ShouldNotBe(handle.FirstExecutionRunId);
    });

    [Fact]
    public Task WaitingUpdates_WhenTheirEventComes_AllComplete() => RunAsync(async handle =>
    {
        var waits = Enumerable.Range(0, 6).Select(_ => handle.ExecuteUpdateAsync(wf => wf.WaitForAsync(2))).ToArray();
        await handle.ExecuteUpdateAsync(wf => wf.AddAsync(2));

        (await Task.WhenAll(waits)).ShouldAllBe(total => total == 2);
    });

    [Fact]
    public Task Update_WhenWorkflowCloses_FailsAndNextIsNotFound() => RunAsync(async handle =>
    {
        var waiting = await handle.StartUpdateAsync(wf => wf.WaitForAsync(100), new(WorkflowUpdateStage.Accepted));
        await handle.SignalAsync(wf => wf.EndAsync());
        await handle.GetResultAsync();

        var failed = await Should.ThrowAsync<WorkflowUpdateFailedException>(() => waiting.GetResultAsync());
        failed.InnerException.ShouldBeOfType<ApplicationFailureException>().ErrorType.ShouldBe("AcceptedUpdateCompletedWorkflow");
        (await Should.ThrowAsync<RpcException>(() => handle.ExecuteUpdateAsync(wf => wf.AddAsync(1)))).Code.ShouldBe(RpcException.StatusCode.NotFound);
    });

    private Task RunAsync(Func<WorkflowHandle<CountingWorkflow>, Task> body) => Scenario.RunAsync(
        server.Client, options => options.AddWorkflow<CountingWorkflow>(), async scenario =>
        {
            var handle = await scenario.StartAsync((CountingWorkflow wf) => wf.RunAsync(0));
            await body(handle);
            if ((await handle.DescribeAsync()).Status == WorkflowExecutionStatus.Running)
            {
                await server.Client.GetWorkflowHandle(handle.Id).TerminateAsync();
            }
        });

    [Workflow]
    public sealed class CountingWorkflow
    {
        private const int UpdatesPerRun = 3;
        private int _total;
        private int _updates;
        private bool _isEnding;

        [WorkflowInit]
        public CountingWorkflow(int total) => _total = total;

        [WorkflowRun]
        public async Task RunAsync(int total)
        {
            await Workflow.WaitConditionAsync(() => _isEnding || (_updates >= UpdatesPerRun && Workflow.AllHandlersFinished));
            if (!_isEnding)
            {
                throw Workflow.CreateContinueAsNewException((CountingWorkflow wf) => wf.RunAsync(_total));
            }
        }

        [WorkflowUpdate]
        public Task<int> AddAsync(int number)
        {
            _updates++;
            return Task.FromResult(_total += number);
        }

        [WorkflowUpdate]
        public async Task<int> WaitForAsync(int number)
        {
            await Workflow.WaitConditionAsync(() => _total >= number);
            return _total;
        }

        [WorkflowSignal]
        public Task EndAsync()
        {
            _isEnding = true;
            return Task.CompletedTask;
        }
    }
}
