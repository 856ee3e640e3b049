using Amazon.Athena;
using Amazon.Athena.Model;
using Stedi.Temporal.Activities.Athena;
using Stedi.Temporal.Workflows.Contracts;
using Stedi.Temporal.Workflows.Inputs;
using Stedi.Testing;
using Temporalio.Activities;
using Temporalio.Exceptions;
using Temporalio.Testing;

namespace Stedi.EndToEnd.Tests.Pipeline;

/// <summary>Queries that run for hours, while workers die and steps are cancelled: none is left running, and none is submitted twice.</summary>
public sealed class RunningQueryTests
{
    private const string Endless = "SELECT count(*) AS n FROM UNNEST(sequence(1, 10000)) a(x) CROSS JOIN UNNEST(sequence(1, 10000)) b(y) CROSS JOIN UNNEST(sequence(1, 10000)) c(z) WHERE (x + y + z) % 2 = 0";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Query_WhenItsWorkerDies_IsTakenOverByTheNextAttemptAndStoppedByCancellation(bool isSelect)
    {
        await using var stack = await InProcessStack.StartAsync();
        var step = Guid.NewGuid();
        var first = new ActivityEnvironment();
        var firstAttempt = RunAsync(first, new());
        var id = await RunningAsync(stack);

        first.CancellationTokenSource.Cancel();
        await Should.ThrowAsync<OperationCanceledException>(firstAttempt);
        (await StateAsync(stack, id)).ShouldBe(QueryExecutionState.RUNNING, "The query keeps running without its worker.");

        var second = new ActivityEnvironment { Info = ActivityEnvironment.DefaultInfo with { Attempt = 2 } };
        var waiting = new WaitingTime();
        var secondAttempt = RunAsync(second, waiting);
        await waiting.Waited;
        second.Cancel(ActivityCancelReason.CancelRequested);
        await Should.ThrowAsync<OperationCanceledException>(secondAttempt);

        (await QueriesAsync(stack)).ShouldHaveSingleItem().QueryExecutionId.ShouldBe(id, "It is the same query.");
        await Eventually.AsksAsync(() => StateAsync(stack, id), state => state == QueryExecutionState.CANCELLED);

        Task RunAsync(ActivityEnvironment environment, WaitingTime time) => environment.RunAsync(async () =>
        {
            var queries = new DurableQueryRunner(new(stack.Athena, stack.Lake, time) { Calls = new("Athena", TimeProvider.System) });
            if (isSelect)
            {
                await queries.SelectAsync("a test", Endless);
            }
            else
            {
                await queries.UnloadAsync("a test", step, "s3://stedi-lake/staged/x/", Endless);
            }
        });
    }

    [Fact]
    public async Task Query_WhenItWasCancelledInAnEarlierAttempt_IsSubmittedAgain()
    {
        await using var stack = await InProcessStack.StartAsync();
        var first = SelectAsync(new());
        var id = await RunningAsync(stack);
        await stack.Athena.StopQueryExecutionAsync(new() { QueryExecutionId = id });
        (await Should.ThrowAsync<ApplicationFailureException>(first)).NonRetryable.ShouldBeFalse();

        var second = new ActivityEnvironment { Info = ActivityEnvironment.DefaultInfo with { Attempt = 2 } };
        var secondAttempt = SelectAsync(second);

        var queries = await Eventually.AsksAsync(() => QueriesAsync(stack), found => found.Count == 2 && found.Any(query => query.Status.State == QueryExecutionState.RUNNING));
        queries.Select(query => query.QueryExecutionId).ShouldContain(id);
        second.Cancel(ActivityCancelReason.CancelRequested);
        await Should.ThrowAsync<OperationCanceledException>(secondAttempt);

        Task<long> SelectAsync(ActivityEnvironment environment) => stack.InActivityAsync(
            async (DurableQueryRunner step) => (await step.SelectAsync("a test", Endless))[0].Count("n"), environment);
    }

    [Fact]
    public async Task CleanUp_WhenDeadWorkersLeftQueries_StopsThoseOfTheRunOnly()
    {
        await using var stack = await InProcessStack.StartAsync();
        var run = new RunContext(Guid.NewGuid().ToString(), "test", TimeProvider.System.GetUtcNow(), "", ConsentPolicy.Given);
        var mine = await StartAsync(stack, $"{Endless} -- {SqlNames.WorkTable("customer_staged", run)}");
        var others = await StartAsync(stack, Endless);

        await stack.InActivityAsync(async (IPublishingActivities publishing) =>
        {
            await publishing.CleanUpAsync(run);
            return true;
        }, new() { TemporalClient = stack.Client });

        await Eventually.AsksAsync(() => StateAsync(stack, mine), state => state == QueryExecutionState.CANCELLED);
        (await StateAsync(stack, others)).ShouldNotBe(QueryExecutionState.CANCELLED);
        await stack.Athena.StopQueryExecutionAsync(new() { QueryExecutionId = others });
    }

    private static async Task<string> StartAsync(InProcessStack stack, string sql) => (await stack.Athena.StartQueryExecutionAsync(new()
    {
        QueryString = sql,
        ResultConfiguration = new() { OutputLocation = "s3://stedi-lake/results/" },
    })).QueryExecutionId;

    private static async Task<string> RunningAsync(InProcessStack stack) => (await Eventually.AsksAsync(
        () => QueriesAsync(stack), queries => queries.Any(query => query.Status.State == QueryExecutionState.RUNNING)))[0].QueryExecutionId;

    private static async Task<QueryExecutionState> StateAsync(InProcessStack stack, string id) =>
        (await stack.Athena.GetQueryExecutionAsync(new() { QueryExecutionId = id })).QueryExecution.Status.State;

    private static async Task<IReadOnlyList<QueryExecution>> QueriesAsync(InProcessStack stack)
    {
        var ids = (await stack.Athena.ListQueryExecutionsAsync(new())).QueryExecutionIds ?? [];
        return ids.Count == 0 ? [] : (await stack.Athena.BatchGetQueryExecutionAsync(new() { QueryExecutionIds = ids })).QueryExecutions;
    }

    // Tells when a query that runs is waited for.
    private sealed class WaitingTime : TimeProvider
    {
        private readonly TaskCompletionSource _waited = new();

        public Task Waited => _waited.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _waited.TrySetResult();
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
