using System.Net;
using System.Text;
using Amazon.Athena;
using Amazon.Athena.Model;
using Amazon.Glue;
using Amazon.Glue.Model;
using Amazon.Runtime;
using Stedi.Testing;

namespace Stedi.Aws.Tests;

/// <summary>Errors on the wire become exceptions: of the declared type if the operation declares one, always with the code.</summary>
public sealed class ErrorTests : IAsyncLifetime
{
    private ScriptedEndpoint _endpoint = null!;
    private AmazonGlueClient _glue = null!;
    private AmazonAthenaClient _athena = null!;

    public async ValueTask InitializeAsync()
    {
        _endpoint = await ScriptedEndpoint.StartAsync();
        _glue = new("key", "secret", new AmazonGlueConfig { ServiceURL = _endpoint.Url, AuthenticationRegion = "eu-west-1", MaxErrorRetry = 0 });
        _athena = new("key", "secret", new AmazonAthenaConfig { ServiceURL = _endpoint.Url, AuthenticationRegion = "eu-west-1", MaxErrorRetry = 0 });
    }

    public async ValueTask DisposeAsync()
    {
        _glue.Dispose();
        _athena.Dispose();
        await _endpoint.DisposeAsync();
    }

    [Theory]
    [InlineData("""{"__type":"EntityNotFoundException","Message":"no table t"}""")]
    [InlineData("""{"__type":"EntityNotFoundException","message":"no table t"}""")]
    [InlineData("""{"__type":"com.amazonaws.glue#EntityNotFoundException","Message":"no table t"}""")]
    [InlineData("""{"__type":"EntityNotFoundException:http://internal.amazon.com/coral/com.amazonaws.glue/","Message":"no table t"}""")]
    public async Task Error_DeclaredByTheOperation_HasItsTypeForEverySpellingOfItsCode(string body)
    {
        _endpoint.Answer(body, 400, ("x-amzn-RequestId", "r-7"));

        var error = await Should.ThrowAsync<EntityNotFoundException>(() => GetTableAsync());

        error.Message.ShouldBe("no table t");
        error.ErrorCode.ShouldBe("EntityNotFoundException");
        error.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        error.RequestId.ShouldBe("r-7");
        error.ShouldBeAssignableTo<AmazonGlueException>();
        error.FromFederationSource.ShouldBeNull();
    }

    [Fact]
    public async Task Error_NamedOnlyByAHeader_HasItsType()
    {
        _endpoint.Answer("", 400, ("x-amzn-ErrorType", "EntityNotFoundException:http://internal.amazon.com/"));

        (await Should.ThrowAsync<AmazonGlueException>(() => GetTableAsync())).ErrorCode.ShouldBe("EntityNotFoundException");
    }

    [Theory]
    [InlineData("ThrottlingException", 400)]
    [InlineData("AccessDeniedException", 400)]
    [InlineData("ExpiredTokenException", 400)]
    [InlineData("CrawlerRunningException", 400)]
    [InlineData("NeverHeardOfException", 500)]
    public async Task Error_NotDeclaredByTheOperation_IsTheBaseTypeWithItsCode(string code, int status)
    {
        _endpoint.Answer($$"""{"__type":"{{code}}","Message":"m"}""", status);

        var error = await Should.ThrowAsync<AmazonGlueException>(() => GetTableAsync());

        error.GetType().ShouldBe(typeof(AmazonGlueException));
        error.ErrorCode.ShouldBe(code);
        error.Message.ShouldBe("m");
        ((int)error.StatusCode).ShouldBe(status);
    }

    [Fact]
    public async Task Error_DeclaredByAnotherOperation_HasItsTypeThere()
    {
        _endpoint.Answer("""{"__type":"CrawlerRunningException","Message":"m"}""", 400);

        await Should.ThrowAsync<CrawlerRunningException>(() => _glue.StartCrawlerAsync(new() { Name = "c" }, Cancel));
    }

    [Fact]
    public async Task Error_WithFurtherMembers_HasTheirValues()
    {
        _endpoint
            .Answer("""{"__type":"InvalidRequestException","AthenaErrorCode":"INVALID_QUERY_EXECUTION_STATE","Message":"Query has not yet finished."}""", 400)
            .Answer("""{"__type":"EntityNotFoundException","FromFederationSource":true,"Message":"m"}""", 400);

        var invalid = await Should.ThrowAsync<InvalidRequestException>(() => _athena.GetQueryResultsAsync(new() { QueryExecutionId = "q" }, Cancel));
        var missing = await Should.ThrowAsync<EntityNotFoundException>(() => GetTableAsync());

        invalid.AthenaErrorCode.ShouldBe("INVALID_QUERY_EXECUTION_STATE");
        missing.FromFederationSource.ShouldBe(true);
    }

    [Fact]
    public async Task Response_ThatIsNotJson_ThrowsAServiceError()
    {
        _endpoint.Answer("<html>Bad gateway</html>", 502);

        var error = await Should.ThrowAsync<AmazonGlueException>(() => GetTableAsync());

        error.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
    }

    [Fact]
    public async Task Response_ThatBreaksOff_Throws()
    {
        _endpoint.Answer("""{"Table":{"Name":"t","Description":""");

        await Should.ThrowAsync<AmazonServiceException>(() => GetTableAsync());
    }

    [Fact]
    public async Task Call_WithMaxErrorRetryZero_IsSentOnce()
    {
        _endpoint.Answer("""{"__type":"InternalServiceException","Message":"m"}""", 500);

        await Should.ThrowAsync<InternalServiceException>(() => GetTableAsync());

        _endpoint.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Call_WhenTheServerFails_IsRetriedByDefault()
    {
        using var patient = new AmazonGlueClient("key", "secret", new AmazonGlueConfig { ServiceURL = _endpoint.Url, AuthenticationRegion = "eu-west-1" });
        _endpoint.Answer("{}", 500).Answer("{}", 503).Answer("""{"Table":{"Name":"t"}}""");

        (await patient.GetTableAsync(new() { DatabaseName = "d", Name = "t" }, Cancel)).Table.Name.ShouldBe("t");

        _endpoint.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Call_WithoutResponse_EndsWhenCancelled()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var arrived = new TaskCompletionSource();
        _endpoint.Answer(async context =>
        {
            arrived.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });

        var call = _glue.GetTableAsync(new() { DatabaseName = "d", Name = "t" }, cancel.Token);
        await arrived.Task.WaitAsync(Cancel);
        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => call.WaitAsync(TimeSpan.FromSeconds(5), Cancel));
    }

    [Fact]
    public async Task Call_WhoseResponseStalls_EndsWhenCancelled()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var arrived = new TaskCompletionSource();
        _endpoint.Answer(async context =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes("""{"Table":{"""));
            await context.Response.Body.FlushAsync();
            arrived.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });

        var call = Task.Run(() => _glue.GetTableAsync(new() { DatabaseName = "d", Name = "t" }, cancel.Token), Cancel);
        await arrived.Task.WaitAsync(Cancel);
        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => call.WaitAsync(TimeSpan.FromSeconds(5), Cancel));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Task<GetTableResponse> GetTableAsync() => _glue.GetTableAsync(new() { DatabaseName = "d", Name = "t" }, Cancel);
}
