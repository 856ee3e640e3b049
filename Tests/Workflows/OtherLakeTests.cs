using Temporalio.Activities;
using Temporalio.Exceptions;
using Temporalio.Worker.Interceptors;

namespace Stedi.Temporal.Workflows.Tests;

/// <summary>A worker does no step of another lake: it would publish one lake's data in the other.</summary>
public sealed class OtherLakeTests(StubWorker worker)
{
    private const string Message = "and this worker serves 000000000000/stub-lake/stedi. Stop one of the two, or give each lake a task queue of its own.";

    [Fact]
    public async Task Run_ThatAnotherLakesWorkerOpened_DoesNoStepHere()
    {
        var run = new StubRun { Lake = "000000000000/other/stedi" };

        var failure = await FailureAsync(() => worker.RunAsync(run));

        failure.Message.ShouldBe($"The step belongs to lake 000000000000/other/stedi, {Message}");
        run.Calls.ShouldBe(["OpenRun"]);
    }

    [Fact]
    public async Task Run_ThatIsForAnotherLake_IsNotOpenedHere()
    {
        var run = new StubRun();

        var failure = await FailureAsync(() => worker.RunAsync(run, new() { Lake = "other" }));

        failure.Message.ShouldBe($"The step belongs to lake other, {Message}");
        run.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task RollBack_ForAnotherLake_IsNotOpenedHere()
    {
        var run = new StubRun();

        await FailureAsync(() => worker.RollBackAsync(run, new() { Lake = "other" }));

        run.Calls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("stub-lake")]
    [InlineData("")]
    public async Task Run_ForThisLake_Runs(string lake)
    {
        var run = new StubRun { Lake = "000000000000/stub-lake/stedi" };

        var report = await worker.RunAsync(run, new() { Lake = lake });

        report.Run.Lake.ShouldBe(run.Lake);
        run.Calls[^1].ShouldBe("CleanUp");
    }

    [Fact]
    public async Task Run_WhoseStepAnotherLakesWorkerTook_GoesOnWithTheRightWorker()
    {
        var (run, queue, theirs) = (new StubRun { Lake = "000000000000/stub-lake/stedi" }, $"shared-{Guid.NewGuid()}", new OneRefusal());
        var handle = await worker.StartAsync(run, new() { Lake = "stub-lake" }, queue);

        using (var wrong = worker.NewWorker(queue, "other", theirs))
        {
            await wrong.ExecuteAsync(() => theirs.Refused, TestContext.Current.CancellationToken);
        }

        run.Calls.ShouldBeEmpty();
        using var right = worker.NewWorker(queue, "stub-lake");
        var report = await right.ExecuteAsync(() => handle.GetResultAsync(), TestContext.Current.CancellationToken);

        report.Run.Lake.ShouldBe(run.Lake);
        run.Calls[^1].ShouldBe("CleanUp");
    }

    private static async Task<ApplicationFailureException> FailureAsync(Func<Task> act)
    {
        var failure = (await act.ShouldThrowAsync<WorkflowFailedException>()).InnerException.ShouldBeOfType<ActivityFailureException>().InnerException.ShouldBeOfType<ApplicationFailureException>();
        failure.ErrorType.ShouldBe(FailureTypes.OtherLake);
        failure.NonRetryable.ShouldBeTrue();
        return failure;
    }

    // Lets a worker refuse one step at once, and a later one when it shuts down, so that the step's attempts do not run out meanwhile.
    private sealed class OneRefusal : IWorkerInterceptor
    {
        private readonly TaskCompletionSource _refused = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Refused => _refused.Task;

        public ActivityInboundInterceptor InterceptActivity(ActivityInboundInterceptor nextInterceptor) => new Inbound(_refused, nextInterceptor);

        private sealed class Inbound(TaskCompletionSource refused, ActivityInboundInterceptor next) : ActivityInboundInterceptor(next)
        {
            public override async Task<object?> ExecuteActivityAsync(ExecuteActivityInput input)
            {
                if (refused.Task.IsCompleted)
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, ActivityExecutionContext.Current.WorkerShutdownToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }

                try
                {
                    return await base.ExecuteActivityAsync(input);
                }
                finally
                {
                    refused.TrySetResult();
                }
            }
        }
    }
}
