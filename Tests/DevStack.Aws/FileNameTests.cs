using System.IO.Compression;
using System.Text;
using Stedi.Testing;

namespace Stedi.DevStack.Aws.Tests;

/// <summary>Every reader reads each file exactly once, even if its name is a pattern that matches other names.</summary>
public sealed class FileNameTests(SharedAws shared) : AwsTest(shared)
{
    // Each name that is a pattern is accompanied by names that it matches.
    private static readonly string[] Names =
    [
        "customer-[1]", "customer-1", "customer-*", "customer-2", "q?", "qa", "{a,b}", "a", "b", "[!a]", "[a-z]", "**", "[[]", "[]]", "[", "]",
        "back\\slash", "back\\[1]", "back\\1", "\\*", "it's", "say \"hi\"", "per%20cent", "%s", "größe-日本", "a#b", "a;b", "~", "d*r/c-[1]", "dir/c-1", "d*r/q?", "e=[1]/x", "e=1/x",
    ];

    [Theory]
    [InlineData(".json")]
    [InlineData(".json.gz")]
    public async Task JsonTable_WhenNamesArePatterns_ReadsEachFileOnceAsItself(string extension) =>
        await ShouldReadEachOnceAsync(Queries.Json, extension, i => Encoding.UTF8.GetBytes($"{{\"v\":{i}}}\n"));

    [Theory]
    [InlineData(".json")]
    [InlineData(".json.gz")]
    public async Task JsonTable_WhenRowsAreNotPlain_ReadsEachFileOnceAsItself(string extension) =>
        await ShouldReadEachOnceAsync(Queries.Json, extension, i => Encoding.UTF8.GetBytes($"{{\"V\":\"{i}\",\"nested\":{{\"deep\":1}}}}\n"));

    [Fact]
    public async Task JsonTable_WhenFilesBeginWithAByteOrderMark_ReadsEachFileOnceAsItself() =>
        await ShouldReadEachOnceAsync(Queries.Json, ".json", i => Encoding.UTF8.GetBytes($"\uFEFF{{\"v\":{i}}}\n"));

    [Theory]
    [InlineData(".txt")]
    [InlineData(".txt.gz")]
    public async Task TextTable_WhenNamesArePatterns_ReadsEachFileOnceAsItself(string extension) =>
        await ShouldReadEachOnceAsync(Queries.TextLines, extension, i => Encoding.UTF8.GetBytes($"{i}\n"));

    [Fact]
    public async Task ParquetTable_WhenNamesArePatterns_ReadsEachFileOnceAsItself()
    {
        var (bucket, database) = (await Aws.BucketAsync(), await Aws.DatabaseAsync());
        var contents = new Dictionary<int, byte[]>();
        for (var i = 1; i <= Names.Length; i++)
        {
            var written = await Aws.RunAsync($"UNLOAD (SELECT '{i}' AS v) TO 's3://{bucket}/made/{i}/' WITH (format = 'PARQUET')", $"s3://{bucket}/r/", database);
            ((string)written["Status"]!["State"]!).ShouldBe("SUCCEEDED");
            contents[i] = await File.ReadAllBytesAsync(Directory.EnumerateFiles(Path.Combine(Aws.Lake, bucket, "made", $"{i}")).Single(), Cancellation);
        }

        await ShouldReadEachOnceAsync(Queries.Parquet, ".parquet", i => contents[i]);
    }

    [Fact]
    public async Task Crawler_WhenNamesArePatterns_SamplesTheFilesThemselves()
    {
        var (bucket, database) = (await Aws.BucketAsync(), await Aws.DatabaseAsync());
        await Aws.PutAsync(bucket, "in/c-[1].json", "{\"first\":1}\n");
        await Aws.PutAsync(bucket, "in/c-1.json", "{\"second\":1}\n");
        var crawler = $"c-{Guid.NewGuid():N}";
        await Aws.GlueAsync("CreateCrawler", new()
        {
            ["Name"] = crawler,
            ["Role"] = "r",
            ["DatabaseName"] = database,
            ["Targets"] = new System.Text.Json.Nodes.JsonObject { ["S3Targets"] = new System.Text.Json.Nodes.JsonArray(new System.Text.Json.Nodes.JsonObject { ["Path"] = $"s3://{bucket}/in/" }) },
        });
        await Aws.GlueAsync("StartCrawler", new() { ["Name"] = crawler });

        var table = await Eventually.AsksAsync(
            async () => (await Aws.GlueAsync("GetTables", new() { ["DatabaseName"] = database }))["TableList"]!.AsArray(), tables => tables.Count == 1);

        table[0]!["StorageDescriptor"]!["Columns"]!.AsArray().Select(column => (string)column!["Name"]!).ShouldBe(["first", "second"], ignoreOrder: true);
    }

    [Fact]
    public async Task JsonTable_WhenPathOfTheLakeIsAPattern_ReadsItsOwnFile()
    {
        await using var aws = await AwsFixture.StartAsync(options => options with { LakeDirectory = Path.Combine(options.LakeDirectory, "work [1]", "lake") });
        var (bucket, database) = (await aws.BucketAsync(), await aws.DatabaseAsync());
        await aws.PutAsync(bucket, "in/a.json", "{\"v\":1}\n");
        var matching = Directory.CreateDirectory(Path.Combine(aws.Lake.Replace("[1]", "1", StringComparison.Ordinal), bucket, "in"));
        await File.WriteAllTextAsync(Path.Combine(matching.FullName, "a.json"), "{\"v\":2}\n", Cancellation);

        await aws.TableAsync(database, "t", $"s3://{bucket}/in/", Queries.Json, "v:string");

        (await aws.RowsAsync("SELECT v, \"$path\" FROM t", $"s3://{bucket}/r/", database)).ShouldBe([$"1|s3://{bucket}/in/a.json"]);
        File.Exists(Path.Combine(aws.Lake, bucket, "in", "a.json")).ShouldBeTrue();
    }

    private async Task ShouldReadEachOnceAsync(string serde, string extension, Func<int, byte[]> content)
    {
        var (bucket, database) = (await Aws.BucketAsync(), await Aws.DatabaseAsync());
        for (var i = 1; i <= Names.Length; i++)
        {
            using var body = new MemoryStream(extension.EndsWith(".gz", StringComparison.Ordinal) ? Compressed(content(i)) : content(i));
            await Aws.S3.PutObjectAsync(new() { BucketName = bucket, Key = $"in/{Names[i - 1]}{extension}", InputStream = body }, Cancellation);
        }

        await Aws.TableAsync(database, "t", $"s3://{bucket}/in/", serde, "v:string");

        var expected = Names.Select((name, i) => $"s3://{bucket}/in/{name}{extension}|{i + 1}").Order(StringComparer.Ordinal).ToList();
        (await Aws.RowsAsync("SELECT count(*), sum(CAST(v AS bigint)), count(DISTINCT \"$path\") FROM t", $"s3://{bucket}/r/", database))
            .ShouldBe([$"{Names.Length}|{Names.Length * (Names.Length + 1) / 2}|{Names.Length}"]);
        (await Aws.RowsAsync("SELECT count(*), sum(CAST(v AS bigint)) FROM t", $"s3://{bucket}/r/", database)).ShouldBe([$"{Names.Length}|{Names.Length * (Names.Length + 1) / 2}"]);
        (await Aws.RowsAsync("SELECT \"$path\", v FROM t", $"s3://{bucket}/r/", database)).Order(StringComparer.Ordinal).ShouldBe(expected);
    }

    private static byte[] Compressed(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionMode.Compress))
        {
            gzip.Write(content);
        }

        return compressed.ToArray();
    }
}
