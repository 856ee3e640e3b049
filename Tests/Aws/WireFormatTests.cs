using System.Globalization;
using System.Text.Json;
using Amazon.Athena;
using Amazon.Athena.Model;
using Amazon.Glue;
using Stedi.Testing;

namespace Stedi.Aws.Tests;

/// <summary>Requests as the clients send them, and responses as the clients read them.</summary>
public sealed class WireFormatTests : IAsyncLifetime
{
    private ScriptedEndpoint _endpoint = null!;
    private AmazonGlueClient _glue = null!;
    private AmazonAthenaClient _athena = null!;

    public async ValueTask InitializeAsync()
    {
        _endpoint = await ScriptedEndpoint.StartAsync();
        _glue = new("key", "secret", new AmazonGlueConfig { ServiceURL = _endpoint.Url, AuthenticationRegion = "eu-west-1" });
        _athena = new("key", "secret", "session", new AmazonAthenaConfig { ServiceURL = _endpoint.Url, AuthenticationRegion = "eu-west-1" });
    }

    public async ValueTask DisposeAsync()
    {
        _glue.Dispose();
        _athena.Dispose();
        await _endpoint.DisposeAsync();
    }

    [Fact]
    public async Task Request_ToGlue_NamesItsOperationAndIsSignedForGlue()
    {
        _endpoint.Answer("""{"Database":{"Name":"stedi"}}""");

        await _glue.GetDatabaseAsync(new() { Name = "stedi" }, Cancel);

        var request = _endpoint.Requests.ShouldHaveSingleItem();
        request.Method.ShouldBe("POST");
        request.Path.ShouldBe("/");
        request.Header("X-Amz-Target").ShouldBe("AWSGlue.GetDatabase");
        request.Header("Content-Type").ShouldBe("application/x-amz-json-1.1");
        request.Header("x-amz-api-version").ShouldBe("2017-03-31");
        request.Header("Authorization").ShouldContain("/eu-west-1/glue/aws4_request");
        request.Body.ShouldBe("""{"Name":"stedi"}""");
    }

    [Fact]
    public async Task Request_ToAthena_NamesItsOperationAndIsSignedForAthena()
    {
        _endpoint.Answer("{}");

        await _athena.StopQueryExecutionAsync(new() { QueryExecutionId = "q" }, Cancel);

        var request = _endpoint.Requests.ShouldHaveSingleItem();
        request.Header("X-Amz-Target").ShouldBe("AmazonAthena.StopQueryExecution");
        request.Header("x-amz-api-version").ShouldBe("2017-05-18");
        request.Header("Authorization").ShouldContain("/eu-west-1/athena/aws4_request");
        request.Header("X-Amz-Security-Token").ShouldBe("session");
    }

    [Fact]
    public async Task Request_WithUnsetMembersAndEmptyCollections_HasOnlyTheCollections()
    {
        _endpoint.Answer("{}");

        await _glue.UpdateTableAsync(
            new()
            {
                DatabaseName = "stedi",
                VersionId = "3",
                TableInput = new() { Name = "t", PartitionKeys = [], Retention = 0, Parameters = new() { ["classification"] = "parquet" } },
            },
            Cancel);

        _endpoint.Requests.Single().Body.ShouldBe(
            """{"DatabaseName":"stedi","TableInput":{"Name":"t","Retention":0,"PartitionKeys":[],"Parameters":{"classification":"parquet"}},"VersionId":"3"}""");
    }

    [Fact]
    public async Task Request_WithATime_HasEpochSeconds()
    {
        _endpoint.Answer("{}");
        var asOf = new DateTime(2023, 7, 22, 4, 26, 40, 123, DateTimeKind.Utc);

        await _glue.GetTableAsync(new() { DatabaseName = "d", Name = "t", QueryAsOfTime = asOf }, Cancel);

        _endpoint.Requests.Single().Body.ShouldBe("""{"DatabaseName":"d","Name":"t","QueryAsOfTime":1690000000.123}""");
    }

    [Theory]
    [InlineData("1690000000.123", "2023-07-22T04:26:40.1230000Z")]
    [InlineData("1690000000", "2023-07-22T04:26:40.0000000Z")]
    [InlineData("1.690000000123E9", "2023-07-22T04:26:40.1230000Z")]
    [InlineData("\"2023-07-22T06:26:40+02:00\"", "2023-07-22T04:26:40.0000000Z")]
    public async Task Response_WithATime_IsReadAsUtc(string wire, string expected)
    {
        _endpoint.Answer($$$"""{"Database":{"Name":"stedi","CreateTime":{{{wire}}}}}""");

        var response = await _glue.GetDatabaseAsync(new() { Name = "stedi" }, Cancel);

        var created = response.Database.CreateTime.ShouldNotBeNull();
        created.Kind.ShouldBe(DateTimeKind.Utc);
        created.ToString("O", CultureInfo.InvariantCulture).ShouldBe(expected);
    }

    [Fact]
    public async Task Response_WithoutAMember_HasNull()
    {
        _endpoint.Answer("""{"Table":{"Name":"t","Unheard":{"Of":[1]}}}""", 200, ("x-amzn-RequestId", "r-1"));

        var response = await _glue.GetTableAsync(new() { DatabaseName = "d", Name = "t" }, Cancel);

        response.Table.Name.ShouldBe("t");
        response.Table.PartitionKeys.ShouldBeNull();
        response.Table.Retention.ShouldBeNull();
        response.Table.StorageDescriptor.ShouldBeNull();
        response.ResponseMetadata.RequestId.ShouldBe("r-1");
        response.HttpStatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("")]
    public async Task Response_WithoutOutput_IsEmpty(string body)
    {
        _endpoint.Answer(body);

        (await _glue.DeleteTableAsync(new() { DatabaseName = "d", Name = "t" }, Cancel)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Response_WithAConstant_KeepsKnownAndUnknownValues()
    {
        _endpoint.Answer("""{"QueryExecution":{"Status":{"State":"SUCCEEDED"}}}""").Answer("""{"QueryExecution":{"Status":{"State":"NOVEL"}}}""");

        var query = (await _athena.GetQueryExecutionAsync(new() { QueryExecutionId = "q" }, Cancel)).QueryExecution;
        var unknown = (await _athena.GetQueryExecutionAsync(new() { QueryExecutionId = "r" }, Cancel)).QueryExecution;

        query.Status.State.ShouldBeSameAs(QueryExecutionState.SUCCEEDED);
        (query.Status.State == "succeeded").ShouldBeTrue();
        unknown.Status.State.Value.ShouldBe("NOVEL");
    }

    [Fact]
    public async Task Request_WithAConstant_HasItsValue()
    {
        _endpoint.Answer("{}");

        await _glue.CreateCrawlerAsync(
            new()
            {
                Name = "c",
                Role = "r",
                Targets = new() { S3Targets = [new() { Path = "s3://b/p/" }] },
                SchemaChangePolicy = new() { DeleteBehavior = DeleteBehavior.LOG, UpdateBehavior = "UPDATE_IN_DATABASE" },
            },
            Cancel);

        _endpoint.Requests.Single().Body.ShouldBe(
            """{"Name":"c","Role":"r","Targets":{"S3Targets":[{"Path":"s3://b/p/"}]},"SchemaChangePolicy":{"UpdateBehavior":"UPDATE_IN_DATABASE","DeleteBehavior":"LOG"}}""");
    }

    [Fact]
    public async Task QueryResults_WithANullCell_HaveNoValueForIt()
    {
        _endpoint.Answer("""{"UpdateCount":0,"ResultSet":{"Rows":[{"Data":[{"VarCharValue":"1"},{}]}],"ResultSetMetadata":{"ColumnInfo":[{"Name":"a","Type":"bigint","Precision":19}]}}}""");

        var results = await _athena.GetQueryResultsAsync(new() { QueryExecutionId = "q", MaxResults = 1000 }, Cancel);

        results.UpdateCount.ShouldBe(0);
        results.ResultSet.Rows.Single().Data.Select(cell => cell.VarCharValue).ShouldBe(["1", null]);
        results.ResultSet.ResultSetMetadata.ColumnInfo.Single().Precision.ShouldBe(19);
    }

    [Fact]
    public async Task StartQueryExecution_WithoutAToken_SendsANewOneAndLeavesTheRequestUnchanged()
    {
        _endpoint.Answer("""{"QueryExecutionId":"1"}""").Answer("""{"QueryExecutionId":"2"}""");
        var request = new StartQueryExecutionRequest { QueryString = "SELECT 1" };

        await _athena.StartQueryExecutionAsync(request, Cancel);
        await _athena.StartQueryExecutionAsync(request, Cancel);

        request.ClientRequestToken.ShouldBeNull();
        var tokens = _endpoint.Requests.Select(Token).ToList();
        tokens.ShouldAllBe(token => token!.Length == 36);
        tokens.ShouldBeUnique();
    }

    [Fact]
    public async Task StartQueryExecution_WhenRetried_SendsTheSameToken()
    {
        _endpoint.Answer("""{"QueryExecutionId":"1"}""")
            .Answer("""{"__type":"InternalServerException"}""", 500)
            .Answer("""{"QueryExecutionId":"2"}""");

        await _athena.StartQueryExecutionAsync(new() { QueryString = "SELECT 1", ClientRequestToken = new('t', 32) }, Cancel);
        await _athena.StartQueryExecutionAsync(new() { QueryString = "SELECT 1" }, Cancel);

        _endpoint.Requests.Count.ShouldBe(3);
        Token(_endpoint.Requests[0]).ShouldBe(new('t', 32));
        Token(_endpoint.Requests[1]).ShouldBe(Token(_endpoint.Requests[2]));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string? Token(RecordedRequest request) =>
        JsonDocument.Parse(request.Body).RootElement.GetProperty("ClientRequestToken").GetString();
}
