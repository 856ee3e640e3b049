using Stedi.Testing.Faults;

namespace Stedi.EndToEnd.Tests.Faults;

/// <summary>Faults that pass within seconds cost some calls, and do not change the result.</summary>
public sealed class TransientFaultTests(FaultFreeRun faultFree) : IClassFixture<FaultFreeRun>
{
    private static readonly string[] Operations =
    [
        "glue:StartCrawler", "glue:GetCrawler", "glue:GetTable", "glue:CreateTable", "glue:UpdateTable", "athena:StartQueryExecution",
        "athena:GetQueryExecution", "athena:GetQueryResults", "s3:PutObject", "s3:GetObject", "s3:ListObjectsV2",
    ];

    public static TheoryData<string> TransientFaults =>
        [nameof(Fault.Throttling), nameof(Fault.TooManyRequests), nameof(Fault.ServerError), nameof(Fault.Reset), nameof(Fault.TruncatedAnswer)];

    [Theory]
    [MemberData(nameof(TransientFaults))]
    public async Task Run_WithTransientAwsFaults_PublishesCorrectSnapshotWithBoundedCalls(string fault)
    {
        await using var lake = await FaultyLake.StartAsync();
        foreach (var operation in Operations)
        {
            lake.Proxy.On(operation, Fault.Named(fault), times: 2, after: 1);
        }

        var report = await lake.RunAsync();

        FaultFreeRun.ShouldHold(report, lake);
        lake.Proxy.Faults("*").ShouldBeGreaterThan(Operations.Length);
        faultFree.ShouldBound(lake.Proxy, callsPerFault: 2);
        (await lake.UnfinishedQueriesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_WhenSubmissionResponsesAreLost_SubmitsNoQueryTwice()
    {
        await using var lake = await FaultyLake.StartAsync();
        lake.Proxy.On("athena:StartQueryExecution", Fault.LostAnswer, times: 3, after: 1);

        var report = await lake.RunAsync();

        FaultFreeRun.ShouldHold(report, lake);
        faultFree.ShouldBound(lake.Proxy);
        (await lake.QueriesAsync()).Count.ShouldBe(lake.Proxy.Calls("athena:StartQueryExecution") - 3, "A lost response must not lead to a second query.");
    }

    [Theory]
    [InlineData("glue:UpdateTable")]
    [InlineData("glue:CreateTable")]
    [InlineData("s3:PutObject")]
    [InlineData("glue:StartCrawler")]
    public async Task Run_WhenResponsesToChangesAreLost_PublishesCorrectSnapshot(string operation)
    {
        await using var lake = await FaultyLake.StartAsync();
        lake.Proxy.On(operation, Fault.LostAnswer, times: 2, after: 1);
        lake.Proxy.On(operation, Fault.LostAnswer, times: 1, after: 3);

        var report = await lake.RunAsync();

        FaultFreeRun.ShouldHold(report, lake);
    }

    [Theory]
    [InlineData("FAILED", true)]
    [InlineData("CANCELLED", false)]
    public async Task Run_WhenAQueryFailsTransiently_SubmitsItAgain(string state, bool retryable)
    {
        await using var lake = await FaultyLake.StartAsync();
        lake.Proxy.On("athena:GetQueryExecution", Fault.QueryEnds(state, retryable), times: 2, after: 3);

        var report = await lake.RunAsync();

        FaultFreeRun.ShouldHold(report, lake);
        // The whole step is retried.
        faultFree.ShouldBound(lake.Proxy, callsPerFault: 4);
        (await lake.UnfinishedQueriesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_WhenCallsStall_TimesOutAndRetriesThem()
    {
        await using var lake = await FaultyLake.StartAsync(timeout: TimeSpan.FromSeconds(2));
        foreach (var operation in (string[])["glue:GetTable", "athena:StartQueryExecution", "athena:GetQueryExecution", "s3:PutObject"])
        {
            lake.Proxy.On(operation, Fault.Stall, after: 1);
        }

        var report = await lake.RunAsync();

        FaultFreeRun.ShouldHold(report, lake);
        lake.Proxy.Faults("*").ShouldBe(4);
        (await lake.UnfinishedQueriesAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("s3:DeleteObjects")]
    [InlineData("athena:BatchGetQueryExecution")]
    public async Task Run_WhenBatchEntriesFail_RepeatsThem(string operation)
    {
        await using var lake = await FaultyLake.StartAsync();
        lake.Proxy.On(operation, Fault.EntriesFail, times: 1);

        var report = await lake.RunAsync();

        FaultFreeRun.ShouldHold(report, lake);
        lake.Proxy.Calls(operation).ShouldBeGreaterThan(1, "Another call repeats the failed entries.");
    }
}
