using System.Text.Json.Nodes;
using Stedi.Testing;

namespace Stedi.DevStack.Aws.Tests;

/// <summary>Queries that would end the process by deep nesting or by results that are much larger than their input.</summary>
public sealed class RunawayQueryTests(SharedAws shared) : AwsTest(shared)
{
    public static TheoryData<string, string> Deep => new()
    {
        { "parentheses", $"SELECT {new string('(', 100_000)}1{new string(')', 100_000)}" },
        { "NOT", $"SELECT {string.Concat(Enumerable.Repeat("NOT ", 60_000))}true" },
        { "minus", $"SELECT {string.Concat(Enumerable.Repeat("- ", 100_000))}1" },
        { "CASE", $"SELECT {string.Concat(Enumerable.Repeat("CASE WHEN true THEN ", 8_000))}1{string.Concat(Enumerable.Repeat(" END", 8_000))}" },
        { "arrays", $"SELECT {string.Concat(Enumerable.Repeat("ARRAY[", 30_000))}1{new string(']', 30_000)}" },
        { "a type", $"SELECT CAST(NULL AS {string.Concat(Enumerable.Repeat("array(", 30_000))}int{new string(')', 30_000)})" },
        { "a type with suffixes", $"SELECT CAST(NULL AS int{string.Concat(Enumerable.Repeat("[]", 100_000))})" },
        { "a column", $"CREATE EXTERNAL TABLE t (a {string.Concat(Enumerable.Repeat("array<", 30_000))}int{new string('>', 30_000)}) LOCATION 's3://b/t/'" },
        { "an added column", $"ALTER TABLE t ADD COLUMNS (a {string.Concat(Enumerable.Repeat("array<", 30_000))}int{new string('>', 30_000)})" },
        { "101 levels", $"SELECT {new string('(', 101)}1{new string(')', 101)}" },
    };

    [Theory]
    [MemberData(nameof(Deep))]
    public async Task StartQueryExecution_WhenNestedTooDeeply_FailsTheQuery(string what, string sql) =>
        (await Aws.FailureAsync(sql, $"s3://{await Aws.BucketAsync()}/r/", "default")).ShouldContain("nested deeper than 100 levels", customMessage: what);

    [Fact]
    public async Task StartQueryExecution_WhenNestedByAMillionParentheses_IsRefused() =>
        (await Should.ThrowAsync<AwsCallException>(async () => await Aws.StartAsync($"SELECT {new string('(', 1_000_000)}1{new string(')', 1_000_000)}", $"s3://{await Aws.BucketAsync()}/r/"))).Code.ShouldBe("InvalidRequestException");

    [Fact]
    public async Task StartQueryExecution_WhenNestedAsDeeplyAsAllowed_RunsTheQuery() =>
        (await Aws.RowsAsync($"SELECT {new string('(', 100)}1{new string(')', 100)}", $"s3://{await Aws.BucketAsync()}/r/")).ShouldBe(["1"]);

    [Fact]
    public async Task CreateTableAs_WhenATypeGrowsTooDeepThroughSubqueries_FailsTheQuery()
    {
        var steps = string.Join(", ", Enumerable.Range(1, 150).Select(i => $"a{i} AS (SELECT ARRAY[x] AS x FROM a{i - 1})"));

        (await Aws.FailureAsync($"CREATE TABLE t AS WITH a0 AS (SELECT 1 AS x), {steps} SELECT x FROM a150", $"s3://{await Aws.BucketAsync()}/r/", await Aws.DatabaseAsync())).ShouldContain("nested deeper than 100 levels");
    }

    [Theory]
    [InlineData("Columns")]
    [InlineData("PartitionKeys")]
    public async Task CreateTable_WhenATypeIsNestedTooDeeply_IsRefused(string member)
    {
        var database = await Aws.DatabaseAsync();
        var columns = new JsonArray(new JsonObject { ["Name"] = "a", ["Type"] = string.Concat(Enumerable.Repeat("array<", 400_000)) + "int" + new string('>', 400_000) });
        var table = new JsonObject { ["Name"] = "t", ["StorageDescriptor"] = new JsonObject() };
        (member == "Columns" ? table["StorageDescriptor"]! : table)[member] = columns;
        var sound = new JsonObject { ["DatabaseName"] = database, ["TableInput"] = new JsonObject { ["Name"] = "t" } };
        var input = new JsonObject { ["DatabaseName"] = database, ["TableInput"] = table };

        (await Should.ThrowAsync<AwsCallException>(() => Aws.GlueAsync("CreateTable", input))).Code.ShouldBe("InvalidInputException");
        await Aws.GlueAsync("CreateTable", sound);
        (await Should.ThrowAsync<AwsCallException>(() => Aws.GlueAsync("UpdateTable", input))).Message.ShouldContain("nested deeper than 100 levels");
    }

    [Theory]
    [InlineData("SELECT sequence(1, 300000000)", "result of sequence function must not have more than 10000 entries")]
    [InlineData("SELECT sequence(1, 10001)", "result of sequence function must not have more than 10000 entries")]
    [InlineData("SELECT sequence(300000000, 1, -2)", "result of sequence function must not have more than 10000 entries")]
    [InlineData("SELECT sequence(DATE '2000-01-01', DATE '2001-01-01', INTERVAL '1' SECOND)", "result of sequence function must not have more than 10000 entries")]
    [InlineData("SELECT lpad('', 2000000000, 'a')", "one call of lpad")]
    [InlineData("SELECT rpad('', 2000000000, 'a')", "one call of rpad")]
    [InlineData("SELECT replace(lpad('', 100000, 'a'), 'a', lpad('', 100000, 'b'))", "one call of replace")]
    public async Task Function_WhenItsResultWouldBeTooLarge_FailsTheQuery(string sql, string reason)
    {
        var failure = await Aws.FailureAsync(sql, $"s3://{await Aws.BucketAsync()}/r/");

        failure.ShouldStartWith("INVALID_FUNCTION_ARGUMENT: ");
        failure.ShouldContain(reason);
    }

    [Theory]
    [InlineData("regexp_replace(lpad('', 100000, 'a'), 'a', '{0}')", "one call of regexp_replace")]
    [InlineData("array_join(sequence(1, 10000), '{0}')", "one call of array_join")]
    public async Task Function_WhenALongLiteralMakesItsResultTooLarge_FailsTheQuery(string expression, string reason) =>
        (await Aws.FailureAsync("SELECT " + expression.Replace("{0}", new string('b', 100_000), StringComparison.Ordinal), $"s3://{await Aws.BucketAsync()}/r/")).ShouldContain(reason);

    [Theory]
    [InlineData("cardinality(sequence(1, 10000))", "10000")]
    [InlineData("cardinality(sequence(1, 1000000, 100))", "10000")]
    [InlineData("cardinality(sequence(DATE '2020-01-01', DATE '2020-01-31', INTERVAL '1' DAY))", "31")]
    [InlineData("cardinality(sequence(TIMESTAMP '2020-01-01 00:00:00', TIMESTAMP '2020-01-01 01:00:00', INTERVAL '1' MINUTE))", "61")]
    [InlineData("length(lpad('', 200000, 'a'))", "200000")]
    [InlineData("length(replace(lpad('', 100000, 'a'), 'a', concat('b', 'c')))", "200000")]
    [InlineData("array_join(transform(sequence(1, 3), x -> x * 2), ', ')", "2, 4, 6")]
    public async Task Function_WhenItsResultIsWithinTheLimits_IsEvaluated(string expression, string result) =>
        (await Aws.RowsAsync($"SELECT {expression}", $"s3://{await Aws.BucketAsync()}/r/")).ShouldBe([result]);

    [Fact]
    public async Task Query_WhenProcessExceedsMemoryLimit_FailsAndConcurrentQuerySucceeds()
    {
        await using var aws = await AwsFixture.StartAsync(options => options with { MemoryLimitMiB = 256 });
        var output = $"s3://{await aws.BucketAsync()}/r/";
        var concurrent = await aws.StartAsync("SELECT count(*) FROM UNNEST(sequence(1, 10000)) a(x) CROSS JOIN UNNEST(sequence(1, 10000)) b(y) WHERE (x + y) % 2 = 0", output);
        var runaway = await aws.StartAsync("SELECT cardinality(transform(sequence(1, 10000), x -> transform(sequence(1, 10000), y -> sequence(y, 9999 + y))))", output);

        // The query allocates a gigabyte twice, possibly on a busy machine.
        var timeout = TimeSpan.FromMinutes(3);
        var (ended, other) = (await aws.EndAsync(runaway, timeout), await aws.EndAsync(concurrent, timeout));

        ((string)ended["Status"]!["State"]!, (int)ended["Status"]!["AthenaError"]!["ErrorCategory"]!).ShouldBe(("FAILED", 1));
        ((string)ended["Status"]!["StateChangeReason"]!).ShouldStartWith("EXCEEDED_LOCAL_MEMORY_LIMIT: Query exhausted resources at this scale factor");
        ((string)other["Status"]!["State"]!).ShouldBe("SUCCEEDED");
        (await aws.RowsAsync("SELECT 1", output)).ShouldBe(["1"]);
    }
}
