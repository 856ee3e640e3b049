using System.Diagnostics;
using Amazon.Athena;
using Amazon.Athena.Model;
using Amazon.Glue;
using Amazon.Glue.Model;
using Amazon.Runtime;
using Amazon.S3;
using Stedi.Testing;
using Stedi.Testing.Faults;

namespace Stedi.EndToEnd.Tests.Faults;

/// <summary>The proxy applies each fault to the calls for which it was ordered, and passes all others unchanged.</summary>
public sealed class FaultProxyTests : IAsyncLifetime
{
    private ScriptedEndpoint _endpoint = null!;
    private FaultProxy _proxy = null!;
    private AmazonGlueClient _glue = null!;
    private AmazonAthenaClient _athena = null!;

    public async ValueTask InitializeAsync()
    {
        _endpoint = await ScriptedEndpoint.StartAsync();
        _proxy = await FaultProxy.StartAsync(new(_endpoint.Url));
        _glue = new("key", "secret", new AmazonGlueConfig { ServiceURL = _proxy.Endpoint.ToString(), AuthenticationRegion = "eu-west-1", MaxErrorRetry = 0, MaxStaleConnectionRetries = 0 });
        _athena = new("key", "secret", new AmazonAthenaConfig { ServiceURL = _proxy.Endpoint.ToString(), AuthenticationRegion = "eu-west-1", MaxErrorRetry = 0, MaxStaleConnectionRetries = 0 });
    }

    public async ValueTask DisposeAsync()
    {
        _glue.Dispose();
        _athena.Dispose();
        await _proxy.DisposeAsync();
        await _endpoint.DisposeAsync();
    }

    [Fact]
    public async Task Proxy_WithoutFaults_PassesCallsUnchangedAndCountsThem()
    {
        _endpoint.Answer("""{"Table":{"Name":"t"}}""", 200, ("x-amzn-RequestId", "r-1")).Answer("""{"__type":"EntityNotFoundException","Message":"no"}""", 400);

        var response = await GetTableAsync();
        await Should.ThrowAsync<EntityNotFoundException>(GetTableAsync);

        response.Table.Name.ShouldBe("t");
        response.ResponseMetadata.RequestId.ShouldBe("r-1");
        _endpoint.Requests[0].Body.ShouldBe("""{"DatabaseName":"d","Name":"t"}""");
        _endpoint.Requests[0].Header("Authorization").ShouldContain("/glue/aws4_request");
        _endpoint.Requests[0].Header("Host").ShouldBe(_proxy.Endpoint.Authority, "The signature covers the host that the client asked.");
        (_proxy.Calls("glue:GetTable"), _proxy.Calls("glue:*"), _proxy.Calls("*"), _proxy.Calls("athena:*"), _proxy.Faults("*")).ShouldBe((2, 2, 2, 0, 0));
    }

    [Fact]
    public async Task Fault_WithTimesAndAfter_AppliesToThoseCallsOnly()
    {
        _endpoint.Answer("{}").Answer("{}").Answer("{}");
        _proxy.On("glue:GetTable", Fault.Throttling, times: 2, after: 1);

        await GetTableAsync();
        (await Should.ThrowAsync<AmazonGlueException>(GetTableAsync)).ErrorCode.ShouldBe("ThrottlingException");
        await _glue.GetDatabaseAsync(new() { Name = "d" }, Cancel);
        (await Should.ThrowAsync<AmazonGlueException>(GetTableAsync)).ErrorCode.ShouldBe("ThrottlingException");
        await GetTableAsync();

        (_proxy.Calls("glue:GetTable"), _proxy.Faults("glue:GetTable"), _proxy.Faults("*")).ShouldBe((4, 2, 2));
        _endpoint.Requests.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("Throttling", "ThrottlingException")]
    [InlineData("TooManyRequests", "TooManyRequestsException")]
    [InlineData("ServerError", "InternalServiceException")]
    [InlineData("ExpiredCredentials", "ExpiredTokenException")]
    [InlineData("AccessDenied", "AccessDeniedException")]
    public async Task ErrorFault_OnACall_HasItsCodeAndDoesNotReachTheEndpoint(string fault, string code)
    {
        _proxy.On("*", Fault.Named(fault));

        (await Should.ThrowAsync<AmazonAthenaException>(StartQueryAsync)).ErrorCode.ShouldBe(code);

        _endpoint.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Reset_OnACall_BreaksTheConnectionBeforeTheEndpoint()
    {
        _proxy.On("*", Fault.Reset);

        (await Should.ThrowAsync<Exception>(StartQueryAsync)).ShouldNotBeAssignableTo<AmazonServiceException>();

        _endpoint.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Sdk_WithMaxErrorRetryZeroOnly_RetriesBrokenConnections()
    {
        // MaxErrorRetry = 0 alone: a test that counts calls must also set MaxStaleConnectionRetries.
        using var retrying = new AmazonGlueClient("key", "secret", new AmazonGlueConfig { ServiceURL = _proxy.Endpoint.ToString(), AuthenticationRegion = "eu-west-1", MaxErrorRetry = 0 });
        _endpoint.Answer("{}");
        _proxy.On("*", Fault.Reset);

        await retrying.GetTableAsync(new() { DatabaseName = "d", Name = "t" }, Cancel);

        _proxy.Calls("glue:GetTable").ShouldBe(2);
    }

    [Fact]
    public async Task LostAnswer_OnACall_BreaksTheConnectionAfterTheEndpointAnswered()
    {
        _endpoint.Answer("""{"QueryExecutionId":"q"}""");
        _proxy.On("athena:StartQueryExecution", Fault.LostAnswer);

        (await Should.ThrowAsync<Exception>(StartQueryAsync)).ShouldNotBeAssignableTo<AmazonServiceException>();

        _endpoint.Requests.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task TruncatedAnswer_OnACall_IsATransportError()
    {
        _endpoint.Answer(LongTable);
        _proxy.On("*", Fault.TruncatedAnswer);

        await Should.ThrowAsync<Exception>(GetTableAsync);

        _endpoint.Requests.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("Stall")]
    [InlineData("StallInTheAnswer")]
    public async Task Stall_OnACall_LastsUntilTheClientCancels(string fault)
    {
        _endpoint.Answer(LongTable);
        _proxy.On("*", Fault.Named(fault));
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        timeout.CancelAfter(TimeSpan.FromMilliseconds(300));
        var clock = Stopwatch.StartNew();

        await Should.ThrowAsync<OperationCanceledException>(() => _glue.GetTableAsync(new() { DatabaseName = "d", Name = "t" }, timeout.Token).WaitAsync(TimeSpan.FromSeconds(10), Cancel));

        clock.Elapsed.ShouldBeGreaterThan(TimeSpan.FromMilliseconds(250));
    }

    [Fact]
    public async Task EntriesFail_OnABatchCall_AnswersSuccessWithFailedEntries()
    {
        _proxy.On("*", Fault.EntriesFail);

        var queries = await _athena.BatchGetQueryExecutionAsync(new() { QueryExecutionIds = ["q", "r"] }, Cancel);

        queries.UnprocessedQueryExecutionIds.Select(query => query.QueryExecutionId).ShouldBe(["q", "r"]);
        queries.UnprocessedQueryExecutionIds.ShouldAllBe(query => query.ErrorCode == "InternalServiceException");
    }

    [Fact]
    public async Task QueryEnds_OnGetQueryExecution_ChangesTheState()
    {
        _endpoint.Answer("""{"QueryExecution":{"QueryExecutionId":"q","Status":{"State":"RUNNING","SubmissionDateTime":1690000000}}}""");
        _proxy.On("athena:GetQueryExecution", Fault.QueryEnds("FAILED", retryable: true));

        var query = (await _athena.GetQueryExecutionAsync(new() { QueryExecutionId = "q" }, Cancel)).QueryExecution;

        query.QueryExecutionId.ShouldBe("q");
        query.Status.State.ShouldBe(QueryExecutionState.FAILED);
        query.Status.AthenaError.Retryable.ShouldBe(true);
    }

    [Fact]
    public async Task Proxy_WithS3Calls_PassesUnusualKeysAndAnswersS3Errors()
    {
        await using var aws = await AwsFixture.StartAsync();
        await using var before = await FaultProxy.StartAsync(aws.Endpoint);
        using var s3 = aws.NewS3("local", config => config.ServiceURL = before.Endpoint.ToString());
        var bucket = await aws.BucketAsync();
        const string Key = "a b/ü+%2F~(1).json";

        await s3.PutObjectAsync(new() { BucketName = bucket, Key = Key, ContentBody = "text" }, Cancel);
        using (var read = await s3.GetObjectAsync(bucket, Key, Cancel))
        {
            (await new StreamReader(read.ResponseStream).ReadToEndAsync(Cancel)).ShouldBe("text");
        }

        before.On("s3:GetObject", Fault.AccessDenied).On("s3:PutObject", Fault.Throttling).On("s3:DeleteObjects", Fault.EntriesFail);
        (await Should.ThrowAsync<AmazonS3Exception>(() => s3.GetObjectAsync(bucket, Key, Cancel))).ErrorCode.ShouldBe("AccessDenied");
        (await Should.ThrowAsync<AmazonS3Exception>(() => s3.PutObjectAsync(new() { BucketName = bucket, Key = "k", ContentBody = "text" }, Cancel))).ErrorCode.ShouldBe("SlowDown");
        var deletion = await Should.ThrowAsync<DeleteObjectsException>(() => s3.DeleteObjectsAsync(new() { BucketName = bucket, Objects = [new() { Key = Key }] }, Cancel));

        deletion.Response.DeleteErrors.Single().Key.ShouldBe(Key);
        (await s3.ListObjectsV2Async(new() { BucketName = bucket }, Cancel)).S3Objects.Single().Key.ShouldBe(Key);
        (before.Calls("s3:PutObject"), before.Calls("s3:GetObject"), before.Calls("s3:DeleteObjects"), before.Calls("s3:ListObjectsV2")).ShouldBe((2, 2, 1, 1));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string LongTable => $"{{\"Table\":{{\"Name\":\"t\",\"Description\":\"{new string('d', 100_000)}\"}}}}";

    private Task<GetTableResponse> GetTableAsync() => _glue.GetTableAsync(new() { DatabaseName = "d", Name = "t" }, Cancel);

    private Task<StartQueryExecutionResponse> StartQueryAsync() => _athena.StartQueryExecutionAsync(new() { QueryString = "SELECT 1" }, Cancel);
}
