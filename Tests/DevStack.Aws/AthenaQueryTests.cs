using System.Diagnostics;
using System.Text.Json.Nodes;
using Stedi.Testing;

namespace Stedi.DevStack.Aws.Tests;

public sealed class AthenaQueryTests(SharedAws shared) : AwsTest(shared)
{
    [Fact]
    public async Task GetQueryExecution_OfARunningQuery_AnswersWhenItEndsOrAfterATenthOfASecond()
    {
        var id = await Aws.StartAsync("SELECT count(*) FROM UNNEST(sequence(1, 10000)) a(x) CROSS JOIN UNNEST(sequence(1, 10000)) b(y) WHERE (x + y) % 2 = 0", $"s3://{await Aws.BucketAsync()}/r/");
        var clock = Stopwatch.StartNew();
        var answers = 0;
        string state;
        do
        {
            state = (string)(await Aws.AthenaAsync("GetQueryExecution", new() { ["QueryExecutionId"] = id }))["QueryExecution"]!["Status"]!["State"]!;
            answers++;
        }
        while (state is "QUEUED" or "RUNNING");

        state.ShouldBe("SUCCEEDED");
        // All but the last took a tenth of a second; a timer may be a little early.
        (answers - 1).ShouldBeLessThanOrEqualTo((int)(clock.Elapsed / TimeSpan.FromMilliseconds(90)));
    }

    [Fact]
    public async Task Query_WhenItSucceeds_WritesCsvAndReturnsResultsInPages()
    {
        var bucket = await Aws.BucketAsync();
        var execution = await Aws.RunAsync("SELECT n, CASE WHEN n = 2 THEN NULL WHEN n = 3 THEN '' ELSE 'a\"b' END AS t FROM (VALUES 1, 2, 3) v(n) ORDER BY n", $"s3://{bucket}/results/");
        var id = (string)execution["QueryExecutionId"]!;

        var first = await Aws.AthenaAsync("GetQueryResults", new() { ["QueryExecutionId"] = id, ["MaxResults"] = 2 });
        var second = await Aws.AthenaAsync("GetQueryResults", new() { ["QueryExecutionId"] = id, ["MaxResults"] = 1000, ["NextToken"] = (string)first["NextToken"]! });

        Rows(first).ShouldBe(["n|t", "1|a\"b"]);
        Rows(second).ShouldBe(["2|-", "3|"]);
        second.ContainsKey("NextToken").ShouldBeFalse();
        ((string)execution["ResultConfiguration"]!["OutputLocation"]!).ShouldBe($"s3://{bucket}/results/{id}.csv");
        File.ReadAllText(Path.Combine(Aws.Lake, bucket, "results", id + ".csv")).ShouldBe("\"n\",\"t\"\n\"1\",\"a\"\"b\"\n\"2\",\n\"3\",\"\"\n");
        var columns = first["ResultSet"]!["ResultSetMetadata"]!["ColumnInfo"]!.AsArray();
        columns.Select(c => (string)c!["Type"]!).ShouldBe(["integer", "varchar"]);
        ((string)execution["StatementType"]!, (string)execution["Status"]!["State"]!).ShouldBe(("DML", "SUCCEEDED"));

        static IEnumerable<string> Rows(JsonObject page) => page["ResultSet"]!["Rows"]!.AsArray().Select(Queries.Text);
    }

    [Fact]
    public async Task Now_InALaterQuery_IsTheTimeOfThatQuery()
    {
        var bucket = await Aws.BucketAsync();
        await Aws.RowsAsync("SELECT 1", $"s3://{bucket}/results/");
        var before = TimeProvider.System.GetUtcNow();

        var rows = await Aws.RowsAsync("SELECT CAST(floor(to_unixtime(now()) * 1000) AS bigint)", $"s3://{bucket}/results/");

        long.Parse(rows.ShouldHaveSingleItem(), System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThanOrEqualTo(before.ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task StartQueryExecution_WithKnownToken_ReturnsTheSameQueryOrFails()
    {
        var bucket = await Aws.BucketAsync();
        var input = new JsonObject
        {
            ["QueryString"] = "SELECT 1",
            ["ClientRequestToken"] = Guid.NewGuid().ToString(),
            ["ResultConfiguration"] = new JsonObject { ["OutputLocation"] = $"s3://{bucket}/" },
        };
        var first = (string)(await Aws.AthenaAsync("StartQueryExecution", input.DeepClone().AsObject()))["QueryExecutionId"]!;
        await Aws.EndAsync(first);

        ((string)(await Aws.AthenaAsync("StartQueryExecution", input.DeepClone().AsObject()))["QueryExecutionId"]!).ShouldBe(first);
        input["QueryString"] = "SELECT 2";
        (await Should.ThrowAsync<AwsCallException>(() => Aws.AthenaAsync("StartQueryExecution", input))).Code.ShouldBe("InvalidRequestException");
    }

    [Fact]
    public async Task StopQueryExecution_WhenRunning_CancelsAndLeavesNoOutput()
    {
        var bucket = await Aws.BucketAsync();
        var id = await Aws.StartAsync($"UNLOAD (SELECT count(*) AS n FROM UNNEST(sequence(1, 10000)) a(x) CROSS JOIN UNNEST(sequence(1, 10000)) b(y) CROSS JOIN UNNEST(sequence(1, 10000)) c(z) WHERE x * y * z % 7 = 3) TO 's3://{bucket}/out/' WITH (format = 'PARQUET')", $"s3://{bucket}/r/");
        await Eventually.AsksAsync(async () => (string)(await Aws.AthenaAsync("GetQueryExecution", new() { ["QueryExecutionId"] = id }))["QueryExecution"]!["Status"]!["State"]!, s => s == "RUNNING");

        await Aws.AthenaAsync("StopQueryExecution", new() { ["QueryExecutionId"] = id });
        var ended = await Aws.EndAsync(id);

        ((string)ended["Status"]!["State"]!, (string)ended["Status"]!["StateChangeReason"]!).ShouldBe(("CANCELLED", "Query cancelled by user"));
        Directory.Exists(Path.Combine(Aws.Lake, bucket, "out")).ShouldBeFalse();
        await Aws.AthenaAsync("StopQueryExecution", new() { ["QueryExecutionId"] = id });
        (await Should.ThrowAsync<AwsCallException>(() => Aws.ResultAsync(id))).Message.ShouldContain("Could not find results");
    }

    [Fact]
    public async Task Query_ThatRanWhenItsProcessEnded_IsAFailureOfTheSystem()
    {
        await using var aws = await AwsFixture.StartAsync();
        var bucket = await aws.BucketAsync();
        var id = await aws.StartAsync("SELECT count(*) FROM UNNEST(sequence(1, 10000)) a(x) CROSS JOIN UNNEST(sequence(1, 10000)) b(y) CROSS JOIN UNNEST(sequence(1, 10000)) c(z) WHERE x * y * z % 7 = 3", $"s3://{bucket}/r/");
        await Eventually.AsksAsync(async () => (string)(await aws.AthenaAsync("GetQueryExecution", new() { ["QueryExecutionId"] = id }))["QueryExecution"]!["Status"]!["State"]!, s => s == "RUNNING");

        await aws.RestartAsync();

        var error = (await aws.EndAsync(id))["Status"]!["AthenaError"]!;
        // Types up to 8 are exhausted resources, which no other submission helps.
        ((int)error["ErrorCategory"]!, (int)error["ErrorType"]!, (bool)error["Retryable"]!).ShouldBe((1, 233, true));
    }

    [Fact]
    public async Task Query_WhenItFails_ReportsReasonAndErrorCategory()
    {
        var bucket = await Aws.BucketAsync();
        var execution = await Aws.RunAsync("SELECT frobnicate(1)", $"s3://{bucket}/");

        ((string)execution["Status"]!["State"]!).ShouldBe("FAILED");
        ((string)execution["Status"]!["StateChangeReason"]!).ShouldBe("FUNCTION_NOT_FOUND: line 1:8: Function 'frobnicate' not registered");
        ((int)execution["Status"]!["AthenaError"]!["ErrorCategory"]!).ShouldBe(2);
        ((long)execution["Statistics"]!["DataScannedInBytes"]!).ShouldBe(0);
        (await Should.ThrowAsync<AwsCallException>(() => Aws.ResultAsync((string)execution["QueryExecutionId"]!))).Message.ShouldContain("Final query state: FAILED");
        var unknown = await Should.ThrowAsync<AwsCallException>(() => Aws.AthenaAsync("GetQueryExecution", new() { ["QueryExecutionId"] = "none" }));
        (unknown.Code, (string)unknown.Body["AthenaErrorCode"]!).ShouldBe(("InvalidRequestException", "QUERY_EXECUTION_NOT_FOUND"));
        var nonsense = await Should.ThrowAsync<AwsCallException>(() => Aws.StartAsync("SELEC 1", $"s3://{bucket}/"));
        (nonsense.Code, (string)nonsense.Body["AthenaErrorCode"]!).ShouldBe(("InvalidRequestException", "MALFORMED_QUERY"));
        (await Should.ThrowAsync<AwsCallException>(() => Aws.AthenaAsync("StartQueryExecution", new() { ["QueryString"] = "SELECT 1" }))).Message.ShouldContain("No output location provided");
    }

    [Theory]
    [InlineData("SELECT * FROM read_csv('/etc/passwd')", "FUNCTION_NOT_FOUND")]
    [InlineData("SELECT * FROM '/etc/passwd'", "TABLE_NOT_FOUND")]
    [InlineData("SELECT * FROM duckdb_settings()", "FUNCTION_NOT_FOUND")]
    [InlineData("SELECT getenv('HOME')", "FUNCTION_NOT_FOUND")]
    [InlineData("SELECT 1; SELECT 2", "SYNTAX_ERROR")]
    [InlineData("SELECT * FROM pg_catalog.pg_tables", "SCHEMA_NOT_FOUND")]
    [InlineData("SELECT * FROM system.information_schema.tables", "CATALOG_NOT_FOUND")]
    [InlineData("SELECT * FROM memory.main.t", "CATALOG_NOT_FOUND")]
    [InlineData("SELECT content FROM (SELECT * FROM read_text('/etc/passwd'))", "FUNCTION_NOT_FOUND")]
    [InlineData("SELECT (SELECT max(content) FROM read_blob('/etc/passwd'))", "FUNCTION_NOT_FOUND")]
    [InlineData("SELECT 1 FROM (VALUES 1) t(a) WHERE EXISTS (SELECT 1 FROM glob('/*'))", "FUNCTION_NOT_FOUND")]
    [InlineData("WITH x AS (SELECT * FROM sniff_csv('/etc/passwd')) SELECT * FROM x", "FUNCTION_NOT_FOUND")]
    [InlineData("SELECT a FROM (VALUES 1) t(a) QUALIFY row_number() OVER () = 1", "NOT_SUPPORTED")]
    [InlineData("SELECT 1::bigint", "SYNTAX_ERROR")]
    [InlineData("SELECT query('select 1')", "FUNCTION_NOT_FOUND")]
    [InlineData("SELECT main.read_text('x')", "FUNCTION_NOT_FOUND")]
    public async Task Query_WhenItReadsAnythingButTheCatalog_Fails(string sql, string reason)
    {
        var bucket = await Aws.BucketAsync();
        var database = await Aws.DatabaseAsync();

        (await Aws.FailureAsync(sql, $"s3://{bucket}/", database)).ShouldStartWith(reason);
    }

    [Fact]
    public async Task RestrictedDatabase_WithoutPrivilegedKey_IsDenied()
    {
        await using var aws = await AwsFixture.StartAsync(o => o with { RestrictedDatabases = ["secret"], RestrictedPrefixes = ["s3://lake/keys/"] });
        using var s3 = aws.NewS3(AwsFixture.PrivilegedKey);
        await s3.PutBucketAsync("lake", Cancellation);
        await s3.PutObjectAsync(new() { BucketName = "lake", Key = "keys/k.json", ContentBody = "{\"k\":\"00\"}" }, Cancellation);
        await aws.GlueAsync("CreateDatabase", new() { ["DatabaseInput"] = new JsonObject { ["Name"] = "secret" } }, AwsFixture.PrivilegedKey);
        await aws.GlueAsync("CreateDatabase", new() { ["DatabaseInput"] = new JsonObject { ["Name"] = "open" } });
        await aws.TableAsync("open", "sneaky", "s3://lake/keys/", Queries.Json, "k:string");

        (await aws.FailureAsync("SELECT * FROM secret.k", "s3://lake/r/")).ShouldContain("access to database secret is denied");
        (await aws.FailureAsync("SELECT * FROM open.sneaky", "s3://lake/r/")).ShouldContain("is denied");
        (await aws.FailureAsync("UNLOAD (SELECT 1 AS a) TO 's3://lake/keys/x/' WITH (format = 'PARQUET')", "s3://lake/r/")).ShouldContain("is denied");
        (await Should.ThrowAsync<AwsCallException>(() => aws.TableAsync("secret", "t", "s3://lake/x/", Queries.Json, "k:string"))).Code.ShouldBe("AccessDeniedException");
        (await aws.RowsAsync("SELECT k FROM open.sneaky", "s3://lake/r/", accessKey: AwsFixture.PrivilegedKey)).ShouldBe(["00"]);
    }
}
