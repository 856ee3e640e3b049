using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Stedi.DevStack.Aws.Athena.Errors;
using Stedi.DevStack.Aws.Athena.Translation;
using Stedi.Testing;

namespace Stedi.DevStack.Aws.Tests;

/// <summary>Random input never causes a 500, a crash or a file outside the lake.</summary>
public sealed class FuzzTests(SharedAws shared) : AwsTest(shared)
{
    private static readonly string[] Segments = ["bkt", "bkt", "", ".", "..", "a", "a b", "%2e%2e", "%2F", "%00", "%", "%s3%", "%ff", "ü", "+", "~", ".stedi-scratch", new('x', 300)];
    private static readonly string[] Parameters = ["list-type=2", "prefix=", "prefix=a/../", "delimiter=/", "delimiter=a", "max-keys=0", "max-keys=-1", "max-keys=x", "marker=zz", "continuation-token=!!", "uploads", "uploadId=x", "partNumber=1", "delete", "acl", "location", "versioning", "x-id=Get", "encoding-type=url", "start-after=%ff", "X-Amz-Expires=z", "response-content-type=a%0ab", "tagging", "="];
    private static readonly (string, string)[] Headers =
    [
        ("Range", "bytes=0-"), ("Range", "bytes=9-1"), ("Range", "bytes=-0"), ("Range", "bytes=99999999999999999999-"), ("If-Match", "*"), ("If-None-Match", "*"), ("If-None-Match", "x"), ("If-Modified-Since", "never"),
        ("x-amz-copy-source", "bkt/a"), ("x-amz-copy-source", "%2F%2F"), ("x-amz-copy-source", "../../etc/passwd"), ("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"), ("x-amz-decoded-content-length", "-5"),
        ("Authorization", "AWS4-HMAC-SHA256 Credential="), ("x-amz-meta-a", "b"), ("Content-MD5", "!"),
    ];

    private static readonly string[] Operations =
    [
        "AWSGlue.CreateDatabase", "AWSGlue.GetDatabase", "AWSGlue.GetDatabases", "AWSGlue.UpdateDatabase", "AWSGlue.CreateTable", "AWSGlue.UpdateTable", "AWSGlue.GetTable", "AWSGlue.GetTables", "AWSGlue.DeleteTable", "AWSGlue.BatchDeleteTable",
        "AWSGlue.GetTableVersions", "AWSGlue.GetTableVersion", "AWSGlue.GetPartitions", "AWSGlue.CreatePartition", "AWSGlue.BatchCreatePartition", "AWSGlue.DeletePartition", "AWSGlue.CreateCrawler", "AWSGlue.UpdateCrawler", "AWSGlue.GetCrawler", "AWSGlue.StartCrawler", "AWSGlue.StopCrawler",
        "AmazonAthena.StartQueryExecution", "AmazonAthena.GetQueryExecution", "AmazonAthena.BatchGetQueryExecution", "AmazonAthena.StopQueryExecution", "AmazonAthena.ListQueryExecutions", "AmazonAthena.GetQueryResults", "AmazonAthena.GetWorkGroup", "AmazonAthena.CreateWorkGroup",
        "AmazonAthena.UpdateWorkGroup", "AmazonAthena.ListWorkGroups", "AmazonAthena.GetTableMetadata", "AmazonAthena.ListTableMetadata", "AmazonAthena.CreatePreparedStatement", "AmazonAthena.GetPreparedStatement", "AmazonAthena.ListDataCatalogs", "AWSGlue.", "X.Y", "AWSGlue",
    ];

    private static readonly string[] Members =
    [
        "Name", "DatabaseName", "TableName", "DatabaseInput", "TableInput", "StorageDescriptor", "Columns", "Type", "Location", "SerdeInfo", "SerializationLibrary", "Parameters", "PartitionKeys", "PartitionInput", "PartitionInputList", "Values", "Role", "Targets", "S3Targets", "Path",
        "QueryString", "QueryExecutionId", "QueryExecutionIds", "ResultConfiguration", "OutputLocation", "WorkGroup", "Configuration", "MaxResults", "NextToken", "Expression", "VersionId", "SkipArchive", "CatalogName", "ExecutionParameters", "StatementName", "QueryStatement", "QueryExecutionContext", "Database", "TablesToDelete",
    ];

    private static readonly string[] Words =
    [
        "SELECT", "FROM", "WHERE", "GROUP BY", "ORDER BY", "1", "1.5", "1e400", "'a'", "'", "\"t\"", "t", "db.t", "*", ",", "(", ")", "count(*)", "sum(x)", "CAST(", "AS", "bigint", "array(", "varchar(3)", "UNION ALL", "JOIN", "ON", "USING", "VALUES", "WITH", "x", "IN", "EXISTS", "NULL", "CASE", "WHEN",
        "THEN", "END", "/", "%", "||", "-", "->", "[", "]", "UNNEST(", "X'zz'", "date_format(", "if(", "UNLOAD (", "TO", "CREATE TABLE", "INSERT INTO", "SHOW TABLES", "DESCRIBE", "ALTER TABLE", "PARTITION", "EXECUTE p USING", "--", "/*", "\u0000", "é", ";", "?", "$1", "::", "read_csv('x')", "try(", "\"$path\"", "INTERVAL '1' DAY",
    ];

    private static readonly Gen<JsonNode?> Json = Gen.Recursive<JsonNode?>((depth, next) => depth > 3
        ? Pick("x", "", "s3://bkt/a/", "bkt", "SELECT 1", "\u0000", "🙂").Select(s => (JsonNode?)s)
        : Gen.Frequency(
            (4, Pick("x", "", "s3://bkt/a/", "db", "SELECT 1", "primary", "\u0000").Select(s => (JsonNode?)s)),
            (1, Gen.Const(() => (JsonNode?)null)),
            (1, Pick(-1, 0, 1, int.MaxValue).Select(i => (JsonNode?)i)),
            (1, Pick(1.5, 1e300).Select(d => (JsonNode?)d)),
            (1, Gen.Bool.Select(b => (JsonNode?)b)),
            (2, next.Array[0, 3].Select(a => (JsonNode?)new JsonArray([.. a.Select(x => x?.DeepClone())]))),
            (4, Pick(Members).SelectMany(m => next.Select(v => (m, v))).Array[0, 5].Select(Object))));

    [Fact]
    public async Task S3_WithRandomRequests_NeverReturns500OrLeavesTheLake()
    {
        await Aws.S3.PutBucketAsync("bkt", Cancellation);
        using var http = new HttpClient();
        var outside = Snapshot();
        var request = Gen.Select(
            Pick("GET", "HEAD", "PUT", "POST", "DELETE", "PATCH"),
            Gen.Frequency((3, Pick(Segments).Array[0, 2].Select(rest => (string[])["bkt", .. rest])), (1, Pick(Segments).Array[0, 4])), Pick(Parameters).Array[0, 3],
            Pick(Headers).Array[0, 2], Gen.OneOf(Gen.String[0, 40], Pick("5\r\nhello\r\n0\r\n\r\n", "zz\r\n", "<Delete><Object><Key>a</Key></Object></Delete>", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "<a")));

        await request.SampleAsync(async r =>
        {
            var (method, path, parameters, headers, body) = r;
            var target = "/" + string.Join('/', path) + (parameters.Length > 0 ? "?" + string.Join('&', parameters) : "");
            using var message = new HttpRequestMessage(new HttpMethod(method), new Uri(Aws.Endpoint.GetLeftPart(UriPartial.Authority) + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
            if (method is "PUT" or "POST")
            {
                message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            }

            foreach (var (name, value) in headers)
            {
                if (!message.Headers.TryAddWithoutValidation(name, value))
                {
                    message.Content?.Headers.TryAddWithoutValidation(name, value);
                }
            }
            using var response = await http.SendAsync(message);
            response.StatusCode.ShouldNotBe(HttpStatusCode.InternalServerError, $"{method} {target}");
        }, count: 1500, threads: 2);

        Snapshot().ShouldBe(outside);

        List<string> Snapshot() => [.. Directory.EnumerateFileSystemEntries(Aws.Directory), .. Directory.EnumerateFiles(Aws.Lake)];
    }

    /// <summary>What the fuzz test above found: a bucket was deleted while another request wrote to it or deleted it.</summary>
    [Fact]
    public async Task DeleteBucket_WhileOthersWriteToItOrDeleteIt_HappensBeforeOrAfterThem()
    {
        using var http = new HttpClient();
        for (var round = 0; round < 150; round++)
        {
            var bucket = new Uri(Aws.Endpoint, await Aws.BucketAsync());
            var deletions = Enumerable.Range(0, 2).Select(_ => http.DeleteAsync(bucket, Cancellation));
            var writes = Enumerable.Range(0, 3).Select(i => http.PutAsync(new Uri($"{bucket}/{i}/a/b"), new StringContent("x"), Cancellation));

            var answers = await Task.WhenAll((IEnumerable<Task<HttpResponseMessage>>)[.. writes.Take(1), .. deletions, .. writes.Skip(1)]);

            var (written, deleted) = (answers.Where(a => a.RequestMessage!.Method == HttpMethod.Put).ToList(), answers.Where(a => a.RequestMessage!.Method == HttpMethod.Delete).ToList());
            written.ShouldAllBe(a => a.StatusCode == HttpStatusCode.OK || a.StatusCode == HttpStatusCode.NotFound);
            deleted.ShouldAllBe(a => a.StatusCode == HttpStatusCode.NoContent || a.StatusCode == HttpStatusCode.NotFound || a.StatusCode == HttpStatusCode.Conflict);
            var isGone = deleted.Exists(a => a.StatusCode == HttpStatusCode.NoContent);
            written.ShouldAllBe(a => isGone == (a.StatusCode == HttpStatusCode.NotFound));
            using var response = await http.GetAsync(bucket, Cancellation);
            response.StatusCode.ShouldBe(isGone ? HttpStatusCode.NotFound : HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task GlueAndAthena_WithRandomCalls_NeverReturn500() =>
        await Gen.Select(Pick(Operations), Json).SampleAsync(async call =>
        {
            using var content = new StringContent(call.Item2?.ToJsonString() ?? "null");
            using var response = await Aws.PostAsync(call.Item1, content);
            ((int)response.StatusCode).ShouldBeLessThan(500, call.Item2?.ToJsonString());
        }, count: 2500, threads: 2);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"Name\":\"\\ud800\"}")]
    [InlineData("{\"Name\":\"a\",\"Name\":\"b\"}")]
    public async Task Glue_WhenBodyIsNotAValidObject_Returns400(string body)
    {
        using var content = new StringContent(body);
        using var response = await Aws.PostAsync("AWSGlue.GetDatabase", content);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Translate_WithRandomSql_ReturnsSqlOrThrowsQueryFailedException()
    {
        using var syntax = new SyntaxTree();
        var translator = new TrinoTranslator(syntax, new CastPushdown((_, _) => true));

        await Pick(Words).Array[1, 14].Select(words => "SELECT " + string.Join(' ', words)).SampleAsync(sql =>
        {
            try
            {
                translator.Translate(sql, "db").Sql.ShouldNotBeEmpty();
            }
            catch (QueryFailedException)
            {
                // Expected for invalid SQL.
            }
        }, count: 4000);
    }

    [Fact]
    public async Task StartQueryExecution_WithRandomStatements_NeverFailsWithAnInternalError()
    {
        var bucket = await Aws.BucketAsync();
        await Pick(Words).Array[1, 8].Select(words => string.Join(' ', words)).SampleAsync(async sql =>
        {
            try
            {
                var ended = await Aws.RunAsync(sql, $"s3://{bucket}/", "db");
                ((string?)ended["Status"]!["StateChangeReason"] ?? "").ShouldNotContain("GENERIC_INTERNAL_ERROR", customMessage: sql);
            }
            catch (AwsCallException e)
            {
                e.Code.ShouldBe("InvalidRequestException");
            }
        }, count: 300, threads: 2);
    }

    private static Gen<T> Pick<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static JsonNode? Object((string, JsonNode?)[] members)
    {
        var result = new JsonObject();
        foreach (var (name, value) in members)
        {
            result[name] = value?.DeepClone();
        }

        return result;
    }
}
