using Amazon.Athena;
using Stedi.Temporal.Activities.Athena;
using Stedi.Temporal.Activities.Resilience;
using Stedi.Temporal.Workflows;
using Temporalio.Activities;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Testing;

namespace Stedi.Temporal.Activities.Tests.Athena;

public sealed class DurableQueryRunnerTests
{
    private const string Prefix = "s3://lake/trusted/t/";
    private readonly Guid _step = Guid.NewGuid();
    private readonly List<UnloadProgress> _heartbeats = [];

    [Fact]
    public async Task Unload_OnTheFirstAttempt_HeartbeatsItsSubmissionBeforeAndAfterSubmitting()
    {
        using var athena = new FakeAthena(QueryExecutionState.SUCCEEDED);

        var result = await UnloadAsync(athena, Environment());

        result.Location.ShouldBe($"{Prefix}{_step}-0/");
        _heartbeats.Distinct().ShouldBe([new(0, null), new(0, $"{_step}-0")]);
        athena.Tokens.ShouldBe([$"{_step}-0"]);
    }

    [Fact]
    public async Task Unload_AfterADeadAttempt_FindsItsQueryByTheHeartbeat()
    {
        using var athena = new FakeAthena(QueryExecutionState.SUCCEEDED);

        var result = await UnloadAsync(athena, Environment(attempt: 2, new UnloadProgress(3, $"{_step}-3")));

        result.Location.ShouldBe($"{Prefix}{_step}-3/");
        athena.Tokens.ShouldBe([$"{_step}-3"]);
    }

    [Fact]
    public async Task Unload_WhenTheQueryOfADeadAttemptFailed_SubmitsAnewElsewhere()
    {
        using var athena = new FakeAthena(QueryExecutionState.FAILED, QueryExecutionState.SUCCEEDED);

        var result = await UnloadAsync(athena, Environment(attempt: 2, new UnloadProgress(0, $"{_step}-0")));

        result.Location.ShouldBe($"{Prefix}{_step}-1/");
        athena.Tokens.ShouldBe([$"{_step}-0", $"{_step}-1"]);
    }

    [Fact]
    public async Task Unload_WhenItsOwnQueryFails_LeavesTheNextSubmissionToTheNextAttempt()
    {
        using var athena = new FakeAthena(QueryExecutionState.FAILED);

        var failure = await Should.ThrowAsync<ApplicationFailureException>(() => UnloadAsync(athena, Environment()));

        failure.NonRetryable.ShouldBeFalse();
        athena.Tokens.Count.ShouldBe(1);
        _heartbeats[^1].ShouldBe(new(1, null));
    }

    [Fact]
    public async Task Unload_WhenTheStatementChangedSinceADeadAttempt_SubmitsUnderTheNextToken()
    {
        using var athena = new FakeAthena(QueryExecutionState.SUCCEEDED) { RefusedToken = $"{_step}-0" };

        var result = await UnloadAsync(athena, Environment(attempt: 2, new UnloadProgress(0, null)));

        result.Location.ShouldBe($"{Prefix}{_step}-1/");
    }

    [Fact]
    public async Task Unload_WhenItsSubmissionIsRefused_FailsForGood()
    {
        using var athena = new FakeAthena { RefusedToken = $"{_step}-0" };

        var failure = await Should.ThrowAsync<ApplicationFailureException>(() => UnloadAsync(athena, Environment()));

        failure.ErrorType.ShouldBe(FailureTypes.RejectedRequest);
        failure.NonRetryable.ShouldBeTrue();
    }

    [Theory]
    [InlineData(ActivityCancelReason.CancelRequested, true)]
    [InlineData(ActivityCancelReason.GoneFromServer, false)]
    [InlineData(ActivityCancelReason.WorkerShutdown, false)]
    public async Task Unload_WhenCancelled_StopsTheQueryOnlyIfCancellationWasRequested(ActivityCancelReason reason, bool stops)
    {
        using var athena = new FakeAthena(QueryExecutionState.RUNNING);
        ActivityEnvironment? environment = null;
        environment = Environment(onHeartbeat: progress =>
        {
            if (progress.QueryId is not null)
            {
                environment!.Cancel(reason);
            }
        });

        await Should.ThrowAsync<OperationCanceledException>(() => UnloadAsync(athena, environment));

        athena.Stopped.ShouldBe(stops ? [$"{_step}-0"] : []);
    }

    [Fact]
    public async Task Select_WhenRepeatedByTheNextAttempt_FindsTheSameQuery()
    {
        using var athena = new FakeAthena(QueryExecutionState.SUCCEEDED, QueryExecutionState.SUCCEEDED);

        (await SelectAsync(athena, Environment(), "SELECT 7 AS n")).ShouldBe(7);
        await SelectAsync(athena, Environment(attempt: 2), "SELECT 7 AS n");
        await SelectAsync(athena, Environment(), "SELECT 8 AS n");

        athena.Tokens[1].ShouldBe(athena.Tokens[0]);
        athena.Tokens[2].ShouldNotBe(athena.Tokens[0]);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    public async Task Select_WhenQueriesFail_SubmitsOnceMorePerAttempt(int attempt, int submissions)
    {
        using var athena = new FakeAthena(QueryExecutionState.FAILED, QueryExecutionState.FAILED, QueryExecutionState.FAILED);

        var failure = await Should.ThrowAsync<ApplicationFailureException>(() => SelectAsync(athena, Environment(attempt), "SELECT 7 AS n"));

        failure.NonRetryable.ShouldBeFalse();
        athena.Tokens.Distinct().Count().ShouldBe(submissions);
    }

    [Fact]
    public async Task Select_WhenThreeQueriesFailed_SubmitsNoOther()
    {
        using var athena = new FakeAthena(Enumerable.Repeat(QueryExecutionState.FAILED, 9));

        var failure = await Should.ThrowAsync<ApplicationFailureException>(() => SelectAsync(athena, Environment(attempt: 9), "SELECT 7 AS n"));

        failure.ErrorType.ShouldBe(FailureTypes.RepeatedFailure);
        failure.NonRetryable.ShouldBeTrue();
        athena.Tokens.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Unload_WhenThreeQueriesFailed_SubmitsNoOther()
    {
        using var athena = new FakeAthena(QueryExecutionState.FAILED);

        var failure = await Should.ThrowAsync<ApplicationFailureException>(() => UnloadAsync(athena, Environment(attempt: 3, new UnloadProgress(2, null))));

        failure.ErrorType.ShouldBe(FailureTypes.RepeatedFailure);
        athena.Tokens.ShouldBe([$"{_step}-2"]);
    }

    [Fact]
    public async Task Select_WhileQueriesAreThrottled_IsNotGivenUp()
    {
        using var athena = new FakeAthena(Enumerable.Repeat(QueryExecutionState.FAILED, 5)) { Reason = "Rate exceeded (Service: AWSGlue; Status Code: 400; Error Code: ThrottlingException)" };

        var failure = await Should.ThrowAsync<ApplicationFailureException>(() => SelectAsync(athena, Environment(attempt: 5), "SELECT 7 AS n"));

        failure.ErrorType.ShouldBe("QueryThrottled");
        failure.NonRetryable.ShouldBeFalse();
    }

    [Theory]
    [InlineData(1, "MissingRows")]
    [InlineData(3, FailureTypes.RepeatedFailure)]
    public async Task Select_WhoseResultIsIncomplete_CountsAsFailed(int attempt, string type)
    {
        using var athena = new FakeAthena(Enumerable.Repeat(QueryExecutionState.SUCCEEDED, 3)) { Rows = 4 };

        var failure = await Should.ThrowAsync<ApplicationFailureException>(() =>
            Environment(attempt).RunAsync(() => Runner(athena).SelectAsync("a test", "SELECT 7 AS n", minRows: 5)));

        failure.ErrorType.ShouldBe(type);
        failure.Message.ShouldContain("has 4 of at least 5 rows");
        athena.Tokens.Distinct().Count().ShouldBe(attempt);
    }

    private ActivityEnvironment Environment(int attempt = 1, UnloadProgress? last = null, Action<UnloadProgress>? onHeartbeat = null) => new()
    {
        Info = ActivityEnvironment.DefaultInfo with
        {
            Attempt = attempt,
            HeartbeatDetails = last is null ? [] : [DataConverter.Default.PayloadConverter.ToPayload(last)],
        },
        Heartbeater = details =>
        {
            if (details is [UnloadProgress progress])
            {
                _heartbeats.Add(progress);
                onHeartbeat?.Invoke(progress);
            }
        },
    };

    private Task<UnloadResult> UnloadAsync(FakeAthena athena, ActivityEnvironment environment) =>
        environment.RunAsync(() => Runner(athena).UnloadAsync("a test", _step, Prefix, "SELECT 1 AS n"));

    private static Task<long> SelectAsync(FakeAthena athena, ActivityEnvironment environment, string sql) =>
        environment.RunAsync(async () => (await Runner(athena).SelectAsync("a test", sql))[0].Count("n"));

    private static DurableQueryRunner Runner(FakeAthena athena) => new(new AthenaQueries(athena, new() { Bucket = "lake", Polling = PollingInterval.Local }, TimeProvider.System));
}
