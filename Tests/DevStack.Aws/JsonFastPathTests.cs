using CsCheck;
using Stedi.DevStack.Aws.Athena.Engine;
using Stedi.Testing;

namespace Stedi.DevStack.Aws.Tests;

/// <summary>The fast path returns the same rows as reading line by line.</summary>
public sealed class JsonFastPathTests(SharedAws shared) : AwsTest(shared)
{
    private const string Plain = "{\"s\":\"plain\",\"n\":1}\n";

    private static readonly string[] Tokens =
    [
        "12", "-12", "0", "-0", "00", "-", "1.5", "-0.0", "1.", ".5", "12.0", "1e3", "1E400", "true", "null", "nullx", "\"12\"", "\" 12 \"", "\"\"", "\"1_0\"", "\"nan\"",
        "\"a\\\"b\"", "\"\\u0041\"", "\"\t\"", "\"é\"", "999999999", "3000000000", "999999999999999", "9007199254740993", "99999999999999999999",
        "0.123456789012345678901234567890", "{\"n\":12}", "[12]", "",
    ];

    private static readonly string[] Lines =
    [
        "{\"s\":\"a\",\"n\":1}", "{\"n\":1,\"s\":\"a\"}", "{\"s\":\"a\"}", "{\"n\":1}", "{}", "{\"other\":1}", "{\"other\":\"x\",\"s\":\"a\"}", "{ \"s\" : \"a\" , \"n\" : 1 }", "{\"s\": \"a\", \"n\": 1}",
        "{\"s\":\"a\",\"n\":1}\r", "", " ", "{\"S\":\"a\",\"N\":2}", "{\"s\":\"a\",\"s\":\"b\"}", "{\"s\":\"a\",\"S\":\"b\"}", "{\"s\":\"a\",\"n\":1} ", "{\"s\":\"a\",\"n\":1}{}", "{\"s\":\"a\",\"n\":1},",
        "{\"s\":\"a\",\"n\":1", "not json", "[1]", "\"s\"", "{\"s\":null,\"n\":null}", "{\"s\":1,\"n\":\"1\"}", "{s:1}", "{\"s\":\"a\",}", "{\"s\":\"a\" \"n\":1}", "{\"\":1}", "{\"s\\u0000\":1}",
    ];

    [Fact]
    public async Task Query_WithAnyJsonValue_ReturnsTheSameOnBothPaths() =>
        await CompareAsync([.. Tokens.Select(token => $"{{\"s\":\"a\",\"n\":{token}}}\n"), .. Tokens.Select(token => $"{{\"s\":{token},\"n\":1}}\n")]);

    [Fact]
    public async Task Query_WithAnyLine_ReturnsTheSameOnBothPaths() =>
        await CompareAsync([.. Lines.Select(line => line + "\n"), .. Lines, "\uFEFF" + Lines[0] + "\n"]);

    [Fact]
    public async Task Query_WithRandomMixtures_ReturnsTheSameOnBothPaths()
    {
        var line = Gen.OneOf(
            Gen.Int[0, Lines.Length - 1].Select(i => Lines[i]),
            Gen.Int[0, Tokens.Length - 1].Select(i => $"{{\"s\":\"b\",\"n\":{Tokens[i]}}}"),
            Gen.Double.Select(n => $"{{\"s\":\"c\",\"n\":{n:R}}}"),
            Gen.Long.Select(n => $"{{\"s\":\"d\",\"n\":{n}}}"));
        await line.Array[1, 4].Select(some => string.Join('\n', some) + "\n").Array[200].SampleAsync(CompareAsync, count: 2, threads: 1);
    }

    [Fact]
    public void IsEligible_WhenOneLineIsNotPlain_IsFalse()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "1.json");
        var json = new JsonFastPath(new Dictionary<string, JsonFastPathValue> { ["user"] = JsonFastPathValue.Text, ["timestamp"] = JsonFastPathValue.BigInt, ["x"] = JsonFastPathValue.Double, ["y"] = JsonFastPathValue.Double, ["z"] = JsonFastPathValue.Double });
        const string Line = "{\"user\":\"a@b\",\"timestamp\":1655564439144,\"x\":1.0,\"y\":0,\"z\":-1.5}\n";

        bool IsEligible(string text)
        {
            File.WriteAllText(path, text);
            return json.IsEligible(path);
        }

        var lines = string.Concat(Enumerable.Repeat(Line, 40_000));
        IsEligible(lines).ShouldBeTrue();
        IsEligible(lines + "{\"user\":\"a@b\"}").ShouldBeTrue();
        IsEligible(lines[..^10]).ShouldBeFalse();
        IsEligible(lines + "x\n").ShouldBeFalse();
        IsEligible(lines.Insert(Line.Length * 20_000, "\n")).ShouldBeFalse();
        IsEligible("{\"user\":\"" + new string('a', 2 << 20) + "\"}\n").ShouldBeFalse();
        IsEligible("").ShouldBeTrue();
        json.IsEligible(Path.Combine(folder.Path, "absent")).ShouldBeFalse();
    }

    /// <summary>Writes each text to a file, and compares a query that is eligible for the fast path with one that is not.</summary>
    private async Task CompareAsync(IReadOnlyCollection<string> texts)
    {
        var (bucket, database) = (await Aws.BucketAsync(), await Aws.DatabaseAsync());
        // Keys are sampled from every eighth file. Those files must have the usual keys and no others, or no file is eligible.
        var files = texts.Chunk((texts.Count + 7) / 8).SelectMany(eighth => (string[])[Plain, .. eighth, .. Enumerable.Repeat(Plain, ((texts.Count + 7) / 8) - eighth.Length)]);
        await Parallel.ForEachAsync(files.Select((text, i) => (text, i)), Cancellation, async (file, _) => await Aws.PutAsync(bucket, $"t/{file.i:D5}.json", file.text));
        await Aws.TableAsync(database, "t", $"s3://{bucket}/t/", Queries.Json, "s:string", "n:string", "never:string");

        foreach (var type in (string[])["bigint", "integer", "double"])
        {
            var casts = $"\"$path\", s, try_cast(n AS {type}), n IS NULL, try_cast(never AS {type}), never IS NULL";
            var fast = await RowsAsync($"SELECT {casts} FROM t", database, bucket);
            var slow = await RowsAsync($"WITH c AS (SELECT s, n, never, \"$path\" FROM t) SELECT {casts} FROM c", database, bucket);
            fast.Order(StringComparer.Ordinal).ShouldBe(slow.Order(StringComparer.Ordinal));
            fast.Count.ShouldBeGreaterThan(1);
        }
    }

    private Task<List<string>> RowsAsync(string sql, string database, string bucket) => Aws.RowsAsync(sql, $"s3://{bucket}/out/", database);
}
