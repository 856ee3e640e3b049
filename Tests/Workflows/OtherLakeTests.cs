using Temporalio.Exceptions;

namespace Stedi.Temporal.Workflows.Tests;

/// <summary>A worker does no step of another lake: it would publish one lake's data in the other.</summary>
public sealed class OtherLakeTests(StubWorker worker)
{
    private const string Message = "and this worker serves 000000000000/stub-lake/stedi. Stop one of the two, or give each lake a Temporal namespace of its own.";

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

    private static async Task<ApplicationFailureException> FailureAsync(Func<Task> act)
    {
        var failure = (await act.ShouldThrowAsync<WorkflowFailedException>()).InnerException.ShouldBeOfType<ActivityFailureException>().InnerException.ShouldBeOfType<ApplicationFailureException>();
        failure.ErrorType.ShouldBe(FailureTypes.OtherLake);
        failure.NonRetryable.ShouldBeTrue();
        return failure;
    }
}
