using Stedi.DevStack.Aws.Athena.Translation;
using Stedi.Testing;

namespace Stedi.DevStack.Aws.Tests;

public sealed class TranslationTests(TranslationTests.QueryFixture lake) : IClassFixture<TranslationTests.QueryFixture>
{
    private const string Row = "(VALUES (1, 'text', TIMESTAMP '2024-02-29 13:14:15.678', ARRAY[10, 20, 30], MAP(ARRAY['k'], ARRAY['v']))) t(n, s, d, a, m)";
    private const string Group = "(VALUES (1, 10), (2, 20), (2, NULL), (NULL, 40), (3, 5)) g(x, y)";

    public static IEnumerable<TheoryDataRow<string, string>> Scalars => FunctionCases.Scalar.Select(c => new TheoryDataRow<string, string>(c.Expression, c.Result));

    public static IEnumerable<TheoryDataRow<string, string>> Aggregates => FunctionCases.Aggregate.Select(c => new TheoryDataRow<string, string>(c.Expression, c.Result));

    public static IEnumerable<TheoryDataRow<string, string>> Casts => FunctionCases.Casts.Select(c => new TheoryDataRow<string, string>(c.Expression, c.Result));

    [Theory]
    [MemberData(nameof(Scalars))]
    public async Task ScalarFunction_WhenEvaluated_ReturnsTheResultOfAthena(string expression, string result) =>
        (await lake.RowsAsync($"SELECT {expression} FROM {Row}")).ShouldBe([result]);

    [Theory]
    [MemberData(nameof(Aggregates))]
    public async Task Aggregate_WhenEvaluated_ReturnsTheResultOfAthena(string expression, string result) =>
        (await lake.RowsAsync($"SELECT {expression} FROM {Group}")).ShouldBe([result]);

    [Theory]
    [MemberData(nameof(Casts))]
    public async Task Cast_WhenEvaluated_ReturnsTheResultOfAthena(string expression, string result) =>
        (await lake.RowsAsync($"SELECT {expression} FROM {Row}")).ShouldBe([result]);

    [Fact]
    public void FunctionList_EveryRule_HasATestCase()
    {
        var shown = FunctionCases.Scalar.Concat(FunctionCases.Aggregate).Select(c => c.Rule).Append("unnest").ToHashSet();

        FunctionList.Rules.Keys.Except(shown).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("SELECT row_number() OVER (PARTITION BY x ORDER BY y DESC) FROM g WHERE x = 2 ORDER BY 1", "1 2")]
    [InlineData("SELECT y FROM g ORDER BY y", "5 10 20 40 -")]
    [InlineData("SELECT y FROM g ORDER BY y DESC", "40 20 10 5 -")]
    [InlineData("SELECT lag(y) OVER (ORDER BY y) FROM g ORDER BY y", "- 5 10 20 40")]
    [InlineData("SELECT sum(y) OVER (ORDER BY y ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM g WHERE y IS NOT NULL ORDER BY y", "5 15 30 60")]
    [InlineData("SELECT x FROM g GROUP BY GROUPING SETS ((x), ()) ORDER BY x LIMIT 3", "1 2 3")]
    [InlineData("SELECT e FROM UNNEST(ARRAY[3, 4]) WITH ORDINALITY AS u(e, o) ORDER BY o DESC", "4 3")]
    [InlineData("SELECT a.x FROM g a WHERE EXISTS (SELECT 1 FROM g b WHERE b.x = a.x AND b.y > 10) ORDER BY 1", "2 2")]
    [InlineData("SELECT x FROM g WHERE x NOT IN (SELECT x FROM g WHERE x > 1) ORDER BY 1", "1")]
    [InlineData("SELECT x FROM g WHERE x IN (1, 3) UNION ALL SELECT 9 ORDER BY 1", "1 3 9")]
    [InlineData("SELECT x FROM g EXCEPT SELECT 2 ORDER BY 1", "1 3 -")]
    [InlineData("SELECT DISTINCT x FROM g ORDER BY x OFFSET 1 LIMIT 2", "2 3")]
    [InlineData("SELECT x FROM g ORDER BY x FETCH FIRST 1 ROWS ONLY", "1")]
    [InlineData("SELECT count(*) FROM g NATURAL JOIN g h", "3")]
    [InlineData("SELECT CASE x WHEN 1 THEN 'one' WHEN 2 THEN 'two' END FROM g ORDER BY x", "one two two - -")]
    [InlineData("SELECT (SELECT max(y) FROM g)", "40")]
    [InlineData("SELECT x FROM g WHERE x BETWEEN 2 AND 3 AND NOT y IS NULL ORDER BY x", "2 3")]
    [InlineData("SELECT x FROM g WHERE y IS DISTINCT FROM 10 AND x IS NOT DISTINCT FROM 1", "")]
    [InlineData("SELECT try(1 / (x - x)) FROM g WHERE x = 1", "-")]
    [InlineData("SELECT if(x > 1, 'a') FROM g WHERE x IS NOT NULL ORDER BY x", "- a a a")]
    [InlineData("SELECT coalesce(y, 0) FROM g WHERE x = 2 ORDER BY 1", "0 20")]
    public async Task Query_WhenRun_ReturnsTheRowsOfAthena(string sql, string rows) =>
        string.Join(' ', await lake.RowsAsync($"WITH g(x, y) AS (SELECT * FROM {Group}) {sql}")).ShouldBe(rows);

    [Fact]
    public async Task Query_WhenRecursive_ReturnsItsRows() =>
        (await lake.RowsAsync("WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT sum(n) FROM r")).ShouldBe(["15"]);

    [Theory]
    [InlineData("SELECT 1 / 0", "DIVISION_BY_ZERO: Division by zero")]
    [InlineData("SELECT x % (x - x) FROM (VALUES 1) v(x)", "DIVISION_BY_ZERO: Division by zero")]
    [InlineData("SELECT CAST('x' AS bigint)", "INVALID_CAST_ARGUMENT: Cannot cast 'x' to BIGINT")]
    [InlineData("SELECT CAST(lower('X') AS bigint)", "INVALID_CAST_ARGUMENT: Cannot cast 'x' to BIGINT")]
    [InlineData("SELECT CAST(trim('300') AS tinyint)", "INVALID_CAST_ARGUMENT: Cannot cast '300' to TINYINT")]
    [InlineData("SELECT CAST('1.5' AS bigint)", "INVALID_CAST_ARGUMENT: Cannot cast '1.5' to BIGINT")]
    [InlineData("SELECT nope FROM (VALUES 1) v(x)", "COLUMN_NOT_FOUND: line 1:8: Column 'nope' cannot be resolved")]
    [InlineData("SELECT x,\n  v.nope FROM (VALUES 1) v(x)", "COLUMN_NOT_FOUND: line 2:3: Column 'v.nope' cannot be resolved")]
    [InlineData("SELECT x / 1.5 FROM (VALUES 1) v(x)", "NOT_SUPPORTED: line 1:10: division by or of a decimal literal")]
    [InlineData("SELECT CAST(1 AS hugeint)", "TYPE_MISMATCH: line 1:8: Unknown type: hugeint")]
    [InlineData("SELECT date_format(now(), '%x')", "NOT_SUPPORTED: line 1:8: the format specifier %x")]
    [InlineData("SELECT 'a' ILIKE 'A'", "FUNCTION_NOT_FOUND: line 1:12: Function '~~*' not registered")]
    [InlineData("SELECT lower('a', 'b')", "FUNCTION_NOT_FOUND: line 1:8: Unexpected parameters for function lower")]
    [InlineData("SELECT * EXCLUDE (x) FROM (VALUES 1) v(x)", "SYNTAX_ERROR: line 1:8: * takes no EXCLUDE")]
    [InlineData("SELECT x FROM (VALUES 1) v(x) GROUP BY ALL", "NOT_SUPPORTED: GROUP BY ALL")]
    [InlineData("SELECT count(*) FROM (VALUES 1) a(x) SEMI JOIN (VALUES 1) b(x) USING (x)", "NOT_SUPPORTED: REGULAR SEMI JOIN")]
    [InlineData("SELECT json_parse('{bad')", "INVALID_FUNCTION_ARGUMENT: Cannot convert value to JSON: '{bad'")]
    [InlineData("SELECT json_extract_scalar('{}', 'a')", "INVALID_FUNCTION_ARGUMENT: Invalid JSON path: 'a'")]
    [InlineData("SELECT hmac_sha256(to_utf8('a'), to_utf8(''))", "INVALID_FUNCTION_ARGUMENT: Empty key")]
    [InlineData("SELECT CAST(json_parse('[1]') AS map(varchar, json))", "INVALID_CAST_ARGUMENT: Cannot cast to map(varchar, json). Expected a json object, but got [1]")]
    [InlineData("SELECT transform_keys(MAP(ARRAY['a', 'A'], ARRAY[1, 2]), (k, v) -> lower(k))", "INVALID_FUNCTION_ARGUMENT: Duplicate map keys are not allowed")]
    [InlineData("SELECT map_filter(MAP(ARRAY['a'], ARRAY[1]), k -> true)", "FUNCTION_NOT_FOUND: line 1:8: map_filter takes a map and a lambda of two parameters")]
    [InlineData("DELETE FROM t WHERE x = 1", "NOT_SUPPORTED: DELETE needs an Iceberg table")]
    public async Task Query_WhenInvalidOrUnsupported_FailsWithNamedError(string sql, string reason) =>
        (await lake.FailureAsync(sql)).ShouldStartWith(reason);

    public sealed class QueryFixture : IAsyncLifetime
    {
        private AwsFixture _aws = null!;

        public async ValueTask InitializeAsync()
        {
            _aws = await AwsFixture.StartAsync();
            await _aws.S3.PutBucketAsync("results");
        }

        public Task<List<string>> RowsAsync(string sql) => _aws.RowsAsync(sql, "s3://results/");

        public Task<string> FailureAsync(string sql) => _aws.FailureAsync(sql, "s3://results/");

        public ValueTask DisposeAsync() => _aws.DisposeAsync();
    }
}
