using Stedi.DevStack.Temporal.Common;
using Stedi.Testing;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Stedi.DevStack.Temporal.Tests;

public sealed class DynamicConfigTests
{
    [Fact]
    public Task SuggestContinueAsNew_WithLongHistory_IsSet() => WithServerAsync("limit.historyCount.suggestContinueAsNew", "20", async client =>
    {
        var queue = Scenario.NewQueue();
        using var worker = new TemporalWorker(client, new TemporalWorkerOptions(queue).AddWorkflow<GrowingWorkflow>());
        await worker.ExecuteAsync(async () =>
        {
            var handle = await client.StartWorkflowAsync((GrowingWorkflow wf) => wf.RunAsync(), new($"wf-{Guid.NewGuid()}", queue));
            (await handle.QueryAsync(wf => wf.Suggestion())).ShouldBe("");

            await handle.SignalAsync(wf => wf.GrowAsync(20));
            await handle.SignalAsync(wf => wf.GrowAsync(1));

            (await handle.QueryAsync(wf => wf.Suggestion())).ShouldBe(nameof(SuggestContinueAsNewReason.TooManyHistoryEvents));
        });
    });

    [Fact]
    public Task Start_WithPayloadAboveLimit_IsRejected() => WithServerAsync("limit.blobSize.error", "2000", async client =>
    {
        var options = new WorkflowOptions($"wf-{Guid.NewGuid()}", Scenario.NewQueue());

        var error = await Should.ThrowAsync<RpcException>(() => client.StartWorkflowAsync("Any", [new string('x', 2001)], options));

        error.Code.ShouldBe(RpcException.StatusCode.InvalidArgument);
        error.Message.ShouldBe("Blob data size exceeds limit.");
        await client.StartWorkflowAsync("Any", [new string('x', 1000)], options);
    });

    [Fact]
    public Task Start_WithMemoAboveLimit_IsRejected() => WithServerAsync("limit.memoSize.error", "2000", async client =>
    {
        var options = new WorkflowOptions($"wf-{Guid.NewGuid()}", Scenario.NewQueue())
        {
            Memo = new Dictionary<string, object> { ["large"] = new string('x', 2001) },
        };

        var error = await Should.ThrowAsync<RpcException>(() => client.StartWorkflowAsync("Any", [], options));

        error.Message.ShouldBe("Memo size exceeds limit.");
    });

    [Fact]
    public Task Timer_ShorterThanMinimum_FiresAfterMinimum() => WithServerAsync("history.timerProcessorMaxTimeShift", "1h", async client =>
    {
        await client.Connection.TestService.UnlockTimeSkippingAsync(new());
        var queue = Scenario.NewQueue();
        using var worker = new TemporalWorker(client, new TemporalWorkerOptions(queue).AddWorkflow<NapWorkflow>());
        await worker.ExecuteAsync(async () =>
        {
            var slept = await client.ExecuteWorkflowAsync((NapWorkflow wf) => wf.RunAsync(), new($"wf-{Guid.NewGuid()}", queue));

            slept.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromHours(1));
        });
    });

    [Fact]
    public async Task Start_WithInvalidConfigValue_Fails()
    {
        var config = new Dictionary<string, string> { ["limit.blobSize.error"] = "many" };

        var error = await Should.ThrowAsync<TemporalServerException>(() => TemporalServer.StartAsync(new() { DynamicConfig = config }));

        error.Message.ShouldContain("limit.blobSize.error=many");
    }

    private static async Task WithServerAsync(string key, string value, Func<ITemporalClient, Task> body)
    {
        await using var server = await TemporalServer.StartAsync(new()
        {
            DynamicConfig = new Dictionary<string, string> { [key] = value },
            TimeSkipping = true,
        });
        await body(await TemporalClient.ConnectAsync(new(server.Target)));
    }

    [Workflow]
    public sealed class NapWorkflow
    {
        [WorkflowRun]
        public async Task<TimeSpan> RunAsync()
        {
            var start = Workflow.UtcNow;
            await Workflow.DelayAsync(1);
            return Workflow.UtcNow - start;
        }
    }

    [Workflow]
    public sealed class GrowingWorkflow
    {
        [WorkflowRun]
        public Task RunAsync() => Workflow.WaitConditionAsync(() => false);

        [WorkflowSignal]
        public Task GrowAsync(int timers)
        {
            for (var i = 0; i < timers; i++)
            {
                _ = Workflow.DelayAsync(TimeSpan.FromDays(1));
            }

            return Task.CompletedTask;
        }

        [WorkflowQuery]
        public string Suggestion() => string.Join(",", Workflow.SuggestedContinueAsNewReasons);
    }
}
