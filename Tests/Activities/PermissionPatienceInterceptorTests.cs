using Amazon.Glue;
using Amazon.Runtime;
using Stedi.Temporal.Activities.Resilience;
using Stedi.Temporal.Workflows;
using Temporalio.Exceptions;
using Temporalio.Testing;
using Temporalio.Worker.Interceptors;

namespace Stedi.Temporal.Activities.Tests;

/// <summary>AWS may deny for a moment what it allows later.</summary>
public sealed class PermissionPatienceInterceptorTests
{
    private const string Denied = "User: arn:aws:sts::111111111111:assumed-role/stedi-worker/i is not authorized to perform: glue:GetTable on resource: arn:aws:glue:eu-central-1:111111111111:catalog";

    [Theory]
    [InlineData("AccessDeniedException", 0, false)]
    [InlineData("ExpiredTokenException", 119, false)]
    [InlineData("AccessDeniedException", 121, true)]
    public async Task Step_ThatAwsDeniesSomething_IsRepeatedForTwoMinutes(string code, int seconds, bool isFinal)
    {
        var failure = await FailureAsync(TimeSpan.FromSeconds(seconds), () => CallAsync(new AmazonGlueException(Denied, null, ErrorType.Sender, code, "r1", System.Net.HttpStatusCode.BadRequest)));

        failure.ErrorType.ShouldBe(FailureTypes.MissingPermission);
        failure.NonRetryable.ShouldBe(isFinal);
        failure.Message.ShouldStartWith($"AWS denied glue:GetTable ({code}, request r1): {Denied}. Check");
    }

    [Fact]
    public async Task Step_WhoseQueryWasDeniedSomething_IsNotRepeated()
    {
        var failure = await FailureAsync(TimeSpan.Zero, () => throw new ApplicationFailureException("denied", FailureTypes.MissingPermission, nonRetryable: true));

        failure.NonRetryable.ShouldBeTrue();
    }

    [Fact]
    public async Task Call_WithAnAnswerThatIsNotOfAws_SaysSo()
    {
        var failure = await Should.ThrowAsync<ApplicationFailureException>(() => CallAsync(new AmazonGlueException("<html>", null, ErrorType.Unknown, "", "", System.Net.HttpStatusCode.BadGateway)));

        failure.Message.ShouldBe("The answer to glue:GetTable is not one of AWS (HTTP status 502). Check AWS_ENDPOINT_URL, and the proxies between the worker and AWS.");
        failure.NonRetryable.ShouldBeFalse();
    }

    private static async Task<object?> CallAsync(Exception error) =>
        await new AwsResiliencePipeline("Glue", new ImpatientTime()).ExecuteAsync<object?>("glue:GetTable", _ => throw error, CancellationToken.None);

    private static async Task<ApplicationFailureException> FailureAsync(TimeSpan sinceScheduled, Func<Task<object?>> step)
    {
        var environment = new ActivityEnvironment { Info = ActivityEnvironment.DefaultInfo with { ScheduledTime = TimeProvider.System.GetUtcNow().UtcDateTime - sinceScheduled } };
        var interceptor = new PermissionPatienceInterceptor(new() { Bucket = "b" }, TimeProvider.System).InterceptActivity(new Step(step));
        return await Should.ThrowAsync<ApplicationFailureException>(() => environment.RunAsync(() => interceptor.ExecuteActivityAsync(null!)));
    }

    private sealed class Step(Func<Task<object?>> step) : ActivityInboundInterceptor(null!)
    {
        public override Task<object?> ExecuteActivityAsync(ExecuteActivityInput input) => step();
    }

    // Timers fire at once, so that retries do not take a while.
    private sealed class ImpatientTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan || dueTime > TimeSpan.FromSeconds(10) ? dueTime : TimeSpan.Zero, period);
    }
}
