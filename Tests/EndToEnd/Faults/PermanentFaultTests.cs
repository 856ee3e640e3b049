using Stedi.EndToEnd.Tests.Pipeline;
using Stedi.Temporal.Workflows;
using Stedi.Testing.Faults;

namespace Stedi.EndToEnd.Tests.Faults;

/// <summary>A permanent fault fails the run at once with a message that says what to do, and nothing is published.</summary>
public sealed class PermanentFaultTests
{
    [Theory]
    [InlineData("glue:StartCrawler", nameof(Fault.AccessDenied), "glue:StartCrawler")]
    [InlineData("athena:StartQueryExecution", nameof(Fault.AccessDenied), "athena:StartQueryExecution")]
    [InlineData("glue:CreateTable", nameof(Fault.AccessDenied), "glue:CreateTable")]
    [InlineData("s3:PutObject", nameof(Fault.AccessDenied), "s3:PutObject")]
    [InlineData("*", nameof(Fault.ExpiredCredentials), "ExpiredToken")]
    public async Task Run_WhenPermissionIsDenied_FailsWithoutRetryAndNamesTheAction(string operation, string fault, string named)
    {
        await using var lake = await FaultyLake.StartAsync();
        lake.Proxy.On(operation, Fault.Named(fault), times: int.MaxValue);

        var failure = await FailedRun.FailureAsync(lake.RunAsync);

        failure.ErrorType.ShouldBe(FailureTypes.MissingPermission);
        failure.NonRetryable.ShouldBeTrue();
        failure.Message.ShouldContain(named);
        failure.Message.ShouldContain("credentials");
        (await lake.UnfinishedQueriesAsync()).ShouldBeEmpty();
        await ShouldHavePublishedNothingAsync(lake);
    }

    [Fact]
    public async Task Run_WhenAQueryFailsPermanently_DoesNotSubmitItAgain()
    {
        await using var lake = await FaultyLake.StartAsync();
        lake.Proxy.On("athena:GetQueryExecution", Fault.QueryEnds("FAILED", retryable: false), times: int.MaxValue);

        var failure = await FailedRun.FailureAsync(lake.RunAsync);

        failure.NonRetryable.ShouldBeTrue();
        lake.Proxy.Calls("athena:StartQueryExecution").ShouldBeLessThanOrEqualTo(3, "One per source, in parallel.");
        (await lake.UnfinishedQueriesAsync()).ShouldBeEmpty();
        await ShouldHavePublishedNothingAsync(lake);
    }

    [Fact]
    public async Task Run_WhoseCrawlsFail_PaysForThreeOfEachSource()
    {
        await using var lake = await FaultyLake.StartAsync();
        lake.Proxy.On("glue:GetCrawler", Fault.CrawlsFail, times: int.MaxValue);

        var failure = await FailedRun.FailureAsync(lake.RunAsync);

        failure.ErrorType.ShouldBe(FailureTypes.RepeatedFailure);
        failure.Message.ShouldContain("ended as FAILED; its log stream is");
        failure.Message.ShouldEndWith("It was the step's submission 3, and the last one (CrawlFailed).");
        lake.Proxy.Calls("glue:StartCrawler").ShouldBeInRange(3, 9);
        await ShouldHavePublishedNothingAsync(lake);
    }

    [Fact]
    public async Task Run_WhoseQueriesKeepFailing_PaysForThreeOfAStep()
    {
        await using var lake = await FaultyLake.StartAsync();
        lake.Proxy.On("athena:GetQueryExecution", Fault.QueryEnds("FAILED", retryable: true), times: int.MaxValue);

        var failure = await FailedRun.FailureAsync(lake.RunAsync);

        failure.ErrorType.ShouldBe(FailureTypes.RepeatedFailure);
        failure.Message.ShouldEndWith("It was the step's submission 3, and the last one (QueryFailed).");
        await ShouldHavePublishedNothingAsync(lake);
    }

    [Fact]
    public async Task Run_WhoseAuditsHaveNoRows_IsNotPublished()
    {
        await using var lake = await FaultyLake.StartAsync();
        lake.Proxy.On("athena:GetQueryResults", Fault.AuditsHaveNoRows, times: int.MaxValue);

        var failure = await FailedRun.FailureAsync(lake.RunAsync);

        failure.ErrorType.ShouldBe(FailureTypes.RepeatedFailure);
        failure.Message.ShouldContain("has 0 of at least");
        await ShouldHavePublishedNothingAsync(lake);
    }

    private static async Task ShouldHavePublishedNothingAsync(FaultyLake lake)
    {
        lake.Proxy.RemoveFaults();
        var snapshots = await lake.Stack.S3.ListObjectsV2Async(new() { BucketName = lake.Stack.Lake.Bucket, Prefix = "snapshots/" });
        (snapshots.S3Objects ?? []).ShouldBeEmpty();
    }
}
