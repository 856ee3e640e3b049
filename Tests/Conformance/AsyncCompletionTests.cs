using System.Collections.Concurrent;
using Stedi.Testing;
using Temporalio.Activities;
using Temporalio.Client;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Stedi.Conformance.Tests;

/// <summary>Activities that are completed from outside their worker by task token.</summary>
public sealed class AsyncCompletionTests(ConformanceServer server)
{
    private static readonly ConcurrentDictionary<string, TaskCompletionSource<byte[]>> Tokens = new();

    [Fact]
    public Task CompleteByToken_OfActivity_CompletesIt() => RunAsync(async (scenario, handle, activity) =>
    {
        await activity.CompleteAsync("by token");

        (await handle.GetResultAsync()).ShouldBe("by token");
        _ = scenario;
    });

    [Fact]
    public Task FailByToken_AfterHeartbeatByToken_FailsActivity() => RunAsync(async (scenario, handle, activity) =>
    {
        await activity.HeartbeatAsync(new() { Details = ["half", 50] });
        var details = (await scenario.DescribeAsync(handle)).PendingActivities.ShouldHaveSingleItem().HeartbeatDetails.Payloads_;
        await activity.FailAsync(new ApplicationFailureException("failed from outside", "Failed"));

        (await DataConverter.Default.ToValueAsync<string>(details[0]), await DataConverter.Default.ToValueAsync<int>(details[1])).ShouldBe(("half", 50));
        var failure = (await Scenario.ActivityFailureAsync(handle)).InnerException.ShouldBeOfType<ApplicationFailureException>();
        (failure.Message, failure.ErrorType).ShouldBe(("failed from outside", "Failed"));
    });

    [Fact]
    public Task CompleteByToken_OfTimedOutAttempt_IsNotFound() => RunAsync(
        async (_, handle, activity) =>
        {
            await Scenario.ActivityFailureAsync(handle);

            (await Should.ThrowAsync<RpcException>(() => activity.HeartbeatAsync())).Code.ShouldBe(RpcException.StatusCode.NotFound);
            (await Should.ThrowAsync<RpcException>(() => activity.CompleteAsync("late"))).Code.ShouldBe(RpcException.StatusCode.NotFound);
        },
        startToClose: 0.3);

    [Fact]
    public Task CancelByToken_AfterCancelRequest_CancelsActivity() => RunAsync(async (_, handle, activity) =>
    {
        await handle.CancelAsync();
        await Scenario.HearsOfCancellationAsync(activity);

        await activity.ReportCancellationAsync();

        (await Should.ThrowAsync<WorkflowFailedException>(() => handle.GetResultAsync())).InnerException.ShouldBeOfType<CanceledFailureException>();
    });

    [Activity]
    public static string HandOver(string id)
    {
        Tokens[id].SetResult(ActivityExecutionContext.Current.Info.TaskToken);
        throw new CompleteAsyncException();
    }

    private Task RunAsync(Func<Scenario, WorkflowHandle<WaitingWorkflow, string>, AsyncActivityHandle, Task> body, double startToClose = 30) => Scenario.RunAsync(
        server.Client, options => options.AddWorkflow<WaitingWorkflow>().AddActivity(HandOver), async scenario =>
        {
            var id = $"{Guid.NewGuid()}";
            var token = Tokens[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
            var handle = await scenario.StartAsync((WaitingWorkflow wf) => wf.RunAsync(id, startToClose));
            await body(scenario, handle, server.Client.GetAsyncActivityHandle(await token.Task));
        });

    [Workflow]
    public sealed class WaitingWorkflow
    {
        [WorkflowRun]
        public Task<string> RunAsync(string id, double startToClose) => Workflow.ExecuteActivityAsync(() => HandOver(id), new()
        {
            StartToCloseTimeout = TimeSpan.FromSeconds(startToClose),
            CancellationType = ActivityCancellationType.WaitCancellationCompleted,
            RetryPolicy = new() { MaximumAttempts = 1 },
        });
    }
}
