using System.Text;
using Stedi.DevStack.Aws.Athena.Engine;
using Stedi.DevStack.Aws.Athena.Translation;

namespace Stedi.DevStack.Aws.Tests;

/// <summary>The one pass that picks members of JSON objects gives what the functions give that it stands for.</summary>
public sealed class JsonPickTests(TranslationTests.QueryFixture lake) : IClassFixture<TranslationTests.QueryFixture>
{
    // The second form is not recognised, because it tests another expression.
    private const string Picked = "try(transform_keys(map_filter(CAST(json_parse(line) AS map(varchar, json)), (k, v) -> lower(k) IN ('user', 'x', 'timestamp')), (k, v) -> lower(k)))";
    private const string Generic = "try(transform_keys(map_filter(CAST(json_parse(line) AS map(varchar, json)), (k, v) -> lower(k) || '' IN ('user', 'x', 'timestamp')), (k, v) -> lower(k)))";

    private static readonly string[] Keys = ["user", "x", "timestamp", "User", "X", "\\u0078", "tag", "y", "xx", "", "use\u0131", "\u212A", "a\\\"b", "x\u0301"];

    private static readonly string[] Values =
    [
        "1", "-1.5", "0.001", "0.0009", "1655293787680", "1655293787680.0", "1e3", "-0", "-0.0", "1.50", "0.10", "12345678.5", "123456789012345678901234567890", "\"a b\"", "\"\"", "\"\\u0041\\n\"", "\"x\\ud83d\"",
        "\"a@b.org\"", "\"U+2028 \u2028 \u0085 é\"", "true", "false", "null", "[]", "[1, {\"x\": 2}]", "{}", "{\"x\": 1, \"x\": 2}", "1.", ".5", "01", "NaN", "tru", "", "\"a", "\"a\tb\"", "1 2", "-", "1e",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Pick_OfGeneratedLines_EqualsTheFunctionsThatItReplaces(int seed)
    {
        var random = new Random(seed);
        var lines = $"(VALUES {string.Join(", ", Enumerable.Range(0, 400).Select(i => $"({i}, {SqlText.Literal(Line(random))})"))}) t(i, line)";

        (await MapsAsync(Picked)).ShouldBe(await MapsAsync(Generic));
        (await FieldsAsync(Picked)).ShouldBe(await FieldsAsync(Generic));

        Task<List<string>> MapsAsync(string map) => lake.RowsAsync($"SELECT map_keys({map}), {map} FROM {lines} ORDER BY i");

        Task<List<string>> FieldsAsync(string map) => lake.RowsAsync(
            $"""
            SELECT i, m IS NULL, cardinality(m), element_at(m, 'user'), json_format(element_at(m, 'x')), json_extract_scalar(element_at(m, 'user'), '$'),
                json_extract_scalar(element_at(m, 'x'), '$'), json_extract_scalar(element_at(m, 'timestamp'), '$'), length(line) - length(replace(line, ':', ''))
            FROM (SELECT *, length(line) AS size FROM (SELECT i, line, {map} AS m FROM {lines}) a) b ORDER BY i
            """);
    }

    [Theory]
    [InlineData("SELECT element_at(m, 'x') FROM (SELECT P AS m FROM t) q", "clr_json_pick_3(")]
    [InlineData("SELECT json_extract_scalar(element_at(q.m, 'x'), '$') FROM (SELECT *, 1 AS one FROM (SELECT *, P AS m FROM t) r) q", "clr_json_pick_3(")]
    [InlineData("SELECT cardinality(m) FROM (SELECT P AS m FROM t) q WHERE m IS NOT NULL", "clr_json_pick_3(")]
    [InlineData("SELECT m FROM (SELECT P AS m FROM t) q", "clr_json_pick(")]
    [InlineData("SELECT * FROM (SELECT P AS m FROM t) q", "clr_json_pick(")]
    [InlineData("SELECT element_at(m, 'x'), map_keys(m) FROM (SELECT P AS m FROM t) q", "clr_json_pick(")]
    [InlineData("SELECT element_at(m, 'y') FROM (SELECT P AS m FROM t) q", "clr_json_pick(")]
    [InlineData("SELECT element_at(m, line) FROM (SELECT P AS m, line FROM t) q", "clr_json_pick(")]
    [InlineData("SELECT element_at(n, 'x') FROM (SELECT P AS m FROM t) q(n)", "clr_json_pick(")]
    [InlineData("SELECT DISTINCT cardinality(m) FROM (SELECT DISTINCT P AS m FROM t) q", "clr_json_pick(")]
    [InlineData("SELECT element_at(m, 'x') FROM (SELECT P AS m FROM t UNION ALL SELECT P AS m FROM t) q", "clr_json_pick(")]
    [InlineData("SELECT element_at(P, 'x') FROM t", "clr_json_pick(")]
    public void Pick_WhenOnlyKeysAreRead_IsARowOfFields(string sql, string function)
    {
        using var syntax = new SyntaxTree();
        var translated = new TrinoTranslator(syntax, new CastPushdown((_, _) => false)).Translate(sql.Replace("P", Picked, StringComparison.Ordinal), "d");

        translated.Sql.ShouldContain(function);
        translated.Sql.ShouldNotContain("map_from_entries");
    }

    [Theory]
    [InlineData("CAST(json_parse(line) AS map(varchar, json))", "CAST(json_parse(line) AS map(varchar, varchar))")]
    [InlineData("lower(k) IN", "upper(k) IN")]
    [InlineData("lower(k) IN", "lower(v) IN")]
    [InlineData("lower(k) IN", "lower(k) NOT IN")]
    [InlineData("'x'", "'ä'")]
    [InlineData("-> lower(k))", "-> upper(k))")]
    [InlineData("-> lower(k))", "-> lower(CAST(v AS varchar)))")]
    public void Pick_WhenAnythingIsWrittenDifferently_IsNotUsed(string part, string other)
    {
        using var syntax = new SyntaxTree();
        var translated = new TrinoTranslator(syntax, new CastPushdown((_, _) => false)).Translate($"SELECT {Picked.Replace(part, other, StringComparison.Ordinal)} FROM t", "d");

        translated.Sql.ShouldNotContain(JsonPickRule.Function);
    }

    [Theory]
    [InlineData("\"x\":1.5")]
    [InlineData("\"x\":[1.50]")]
    public void Filter_OfALineOf64Mebibytes_ReadsIt(string member)
    {
        var line = Encoding.UTF8.GetBytes($"{{\"pad\":\"{new string('y', 64 << 20)}\",{member}}}");
        var filter = new JsonKeyFilter("x"u8.ToArray());

        filter.Read(line).ShouldBeTrue();

        Encoding.UTF8.GetString(filter.Value(0, line)).ShouldBe(member.Contains('[', StringComparison.Ordinal) ? "[1.5]" : "1.5");
    }

    [Theory]
    [InlineData("SELECT length(s) - length(replace(s, ':', '')) FROM (VALUES 'a:b::', 'é:', '', NULL) t(s)", "3 1 0 -")]
    [InlineData("SELECT length(s) - length(replace(u, ':', '')) FROM (VALUES ('a:b', 'a')) t(s, u)", "2")]
    [InlineData("SELECT length(s) - length(replace(s, 'é', '')) FROM (VALUES 'éa') t(s)", "1")]
    [InlineData("SELECT translate(s, '0123456789.-', '') = '' FROM (VALUES '-1.5', '1e3', '', 'é', NULL) t(s)", "true false true false -")]
    [InlineData("SELECT translate(s, 'ab', 'x') = '' FROM (VALUES 'b', 'a') t(s)", "true false")]
    [InlineData("SELECT CASE WHEN s <> '' AND try(json_parse(s)) IS NULL THEN 'bad' WHEN s IS NULL AND regexp_like(s, 'a') THEN 'none' ELSE 'good' END FROM (VALUES '{', '', '1', NULL) t(s)", "bad good good good")]
    public async Task Recognised_Expression_MeansWhatItIsMadeOf(string sql, string rows) =>
        string.Join(' ', await lake.RowsAsync(sql)).ShouldBe(rows);

    private static string Line(Random random)
    {
        var text = new StringBuilder(Pick(["", "", "", " ", "\t", "[", "x"])).Append('{');
        var count = random.Next(5);
        for (var i = 0; i < count; i++)
        {
            // Most values are good ones, so that most lines are read to their end.
            var value = random.Next(20) == 0 ? Values[random.Next(Values.Length)] : Values[random.Next(26)];
            text.Append(i == 0 ? "" : Pick([",", ", ", " ,", ",", ","])).Append('"').Append(random.Next(3) == 0 ? Keys[random.Next(Keys.Length)] : Keys[i % 3]).Append('"')
                .Append(Pick([":", ": ", " :\t"])).Append(value);
        }

        text.Append(Pick(["}", "}", "}", "}", "}", "} ", "}\r", "},", "}}", "", "} x", "{}"]));
        return text.ToString();

        string Pick(string[] choices) => choices[random.Next(choices.Length)];
    }
}
