using System.IO.Compression;
using System.Text.Json.Nodes;
using ICSharpCode.SharpZipLib.BZip2;
using Stedi.Testing;
using ZstdSharp;

namespace Stedi.DevStack.Aws.Tests;

/// <summary>Compressed files are read as on Trino, by text and JSON tables and by crawlers.</summary>
public sealed class CompressionTests(SharedAws shared) : AwsTest(shared)
{
    private static readonly byte[] Content = [.. "{\"a\":1}\n\n{\"a\":2}\r"u8, .. "{\"a\":3}"u8];

    [Theory]
    [InlineData(".gz")]
    [InlineData(".bz2")]
    [InlineData(".deflate")]
    [InlineData(".zst")]
    public async Task Table_WithCompressedFiles_HasTheirLines(string extension)
    {
        var (bucket, database) = await TablesAsync();
        await PutAsync(bucket, $"one.json{extension}", Compressed(extension, Content));
        await PutAsync(bucket, $"two[1].json{extension}", Compressed(extension, Content));
        await PutAsync(bucket, $"nothing.json{extension}", Compressed(extension, []));

        (await RowsAsync("SELECT \"$path\", count(*), count_if(line = ''), max(line) FROM text GROUP BY 1 ORDER BY 1", database, bucket))
            .ShouldBe([$"s3://{bucket}/t/one.json{extension}|4|1|{{\"a\":3}}", $"s3://{bucket}/t/two[1].json{extension}|4|1|{{\"a\":3}}"]);
        (await RowsAsync("SELECT \"$path\", sum(a) FROM json GROUP BY 1 ORDER BY 1", database, bucket)).ShouldBe([$"s3://{bucket}/t/one.json{extension}|6", $"s3://{bucket}/t/two[1].json{extension}|6"]);
    }

    [Theory]
    [InlineData(".gz")]
    [InlineData(".bz2")]
    [InlineData(".zst")]
    public async Task File_OfSeveralCompressedMembers_IsReadToItsEnd(string extension)
    {
        var (bucket, database) = await TablesAsync();
        var large = Enumerable.Range(0, 200_000).SelectMany(i => BitConverter.GetBytes(i * 2654435761L)).Select(b => b is (byte)'\n' or (byte)'\r' ? (byte)'x' : b).Append((byte)'\n').ToArray();
        await PutAsync(bucket, $"1{extension}", [.. Compressed(extension, large), .. Compressed(extension, "a\nb\n"u8), .. Compressed(extension, []), .. Compressed(extension, "c"u8)]);

        (await RowsAsync("SELECT count(*), count_if(length(line) = 1) FROM text", database, bucket)).ShouldBe(["4|3"]);
    }

    [Fact]
    public async Task Gzip_WithJunkBehindIt_IsReadUpToTheJunk()
    {
        var (bucket, database) = await TablesAsync();
        await PutAsync(bucket, "1.gz", [.. Compressed(".gz", "a\nb\n"u8), .. "junk"u8]);
        await PutAsync(bucket, "2.gz", [.. Compressed(".gz", "c\n"u8), .. new byte[600]]);

        (await RowsAsync("SELECT line FROM text ORDER BY 1", database, bucket)).ShouldBe(["a", "b", "c"]);
    }

    [Theory]
    [InlineData(".gz", "gzip")]
    [InlineData(".bz2", "bzip2")]
    [InlineData(".deflate", "deflate")]
    [InlineData(".zst", "zstd")]
    public async Task Query_WhenCompressionIsCutOffOrOnlyInTheName_FailsByName(string extension, string compression)
    {
        foreach (var (content, problem) in new (byte[], string)[]
        {
            (Content, $"is not {compression} data although its name ends in {extension}: rename it, or compress it with {compression}"),
            (Compressed(extension, Content)[..^3], $"is cut off or damaged: its {compression} data cannot be read to the end; upload the whole file again"),
            (Compressed(extension, Random(300_000))[..150_000], $"is cut off or damaged: its {compression} data cannot be read to the end; upload the whole file again"),
        })
        {
            var (bucket, database) = await TablesAsync();
            await PutAsync(bucket, "good.json", Content);
            await PutAsync(bucket, $"bad.json{extension}", content);

            foreach (var table in new[] { "text", "json" })
            {
                (await Aws.FailureAsync($"SELECT count(*) FROM {table}", $"s3://{bucket}/r/", database)).ShouldBe($"HIVE_CURSOR_ERROR: the file s3://{bucket}/t/bad.json{extension} {problem}");
            }
        }
    }

    [Theory]
    [InlineData(".snappy")]
    [InlineData(".lz4")]
    [InlineData(".xz")]
    [InlineData(".lzo")]
    [InlineData(".zip")]
    [InlineData(".7z")]
    public async Task Query_WhenCompressionIsNotRead_FailsByName(string extension)
    {
        var (bucket, database) = await TablesAsync();
        await PutAsync(bucket, $"x.json{extension}", Content);

        foreach (var table in new[] { "text", "json" })
        {
            (await Aws.FailureAsync($"SELECT count(*) FROM {table}", $"s3://{bucket}/r/", database))
                .ShouldBe($"NOT_SUPPORTED: the compression of s3://{bucket}/t/x.json{extension} (uncompressed files and .gz, .bz2, .deflate, .zst are read): decompress the file, or compress it with gzip");
        }
    }

    [Fact]
    public async Task Extension_InUpperCase_IsNoCompression()
    {
        var (bucket, database) = await TablesAsync();
        await PutAsync(bucket, "1.json.GZ", "{\"a\":7}\n"u8.ToArray());
        await PutAsync(bucket, "2.json.ZIP", "{\"a\":8}\n"u8.ToArray());

        (await RowsAsync("SELECT a FROM json ORDER BY 1", database, bucket)).ShouldBe(["7", "8"]);
        (await RowsAsync("SELECT line FROM text ORDER BY 1", database, bucket)).ShouldBe(["{\"a\":7}", "{\"a\":8}"]);
    }

    [Theory]
    [InlineData("x.json.bz2", "bzip2", "{\"a\":1}\n{\"a\":2}\n")]
    [InlineData("x.json.zst", "zstd", "{\"a\":1}\n{\"a\":2}\n")]
    [InlineData("x.json", "none", "{\"a\":1}\r{\"a\":2}\r")]
    [InlineData("x.json", "none", "[\n{\"a\":1},\n{\"a\":2}\n]\n")]
    public async Task Crawler_OfCompressedOrOddLines_FindsColumnsThatAQueryReads(string key, string compression, string content)
    {
        var (bucket, database) = (await Aws.BucketAsync(), await Aws.DatabaseAsync());
        await PutAsync(bucket, key, Compressed(Path.GetExtension(key), System.Text.Encoding.UTF8.GetBytes(content)));
        var crawler = $"c-{Guid.NewGuid():N}";
        await Aws.GlueAsync("CreateCrawler", new()
        {
            ["Name"] = crawler,
            ["Role"] = "r",
            ["DatabaseName"] = database,
            ["Targets"] = new JsonObject { ["S3Targets"] = new JsonArray(new JsonObject { ["Path"] = $"s3://{bucket}/t/" }) },
        });
        await Aws.GlueAsync("StartCrawler", new() { ["Name"] = crawler });

        var table = (await Eventually.AsksAsync(async () => (await Aws.GlueAsync("GetTables", new() { ["DatabaseName"] = database }))["TableList"]!.AsArray(), tables => tables.Count == 1))[0]!;

        table["StorageDescriptor"]!["Columns"]!.AsArray().Select(column => $"{column!["Name"]}:{column["Type"]}").ShouldBe(["a:int"]);
        ((string)table["Parameters"]!["compressionType"]!).ShouldBe(compression);
        ((bool)table["StorageDescriptor"]!["Compressed"]!).ShouldBe(compression != "none");
        if (!content.Contains(',', StringComparison.Ordinal))
        {
            (await RowsAsync("SELECT sum(a), count(*) FROM t", database, bucket)).ShouldBe(["3|2"]);
        }
    }

    private static byte[] Compressed(string extension, ReadOnlySpan<byte> content)
    {
        using var compressed = new MemoryStream();
        using (Stream stream = extension switch
        {
            ".gz" => new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true),
            ".deflate" => new ZLibStream(compressed, CompressionLevel.Fastest, leaveOpen: true),
            ".bz2" => new BZip2OutputStream(compressed) { IsStreamOwner = false },
            ".zst" => new CompressionStream(compressed, leaveOpen: true),
            _ => new BufferedStream(compressed),
        })
        {
            stream.Write(content);
            stream.Flush();
            if (stream is BufferedStream)
            {
                return compressed.ToArray();
            }
        }

        return compressed.ToArray();
    }

    private static byte[] Random(int length)
    {
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    private async Task<(string Bucket, string Database)> TablesAsync()
    {
        var (bucket, database) = (await Aws.BucketAsync(), await Aws.DatabaseAsync());
        await Aws.TableAsync(database, "json", $"s3://{bucket}/t/", Queries.Json, "a:int");
        await Aws.TableAsync(database, "text", $"s3://{bucket}/t/", Queries.TextLines, "line:string");
        return (bucket, database);
    }

    private Task PutAsync(string bucket, string key, byte[] content) =>
        Aws.S3.PutObjectAsync(new() { BucketName = bucket, Key = $"t/{key}", InputStream = new MemoryStream(content) }, Cancellation);

    private Task<List<string>> RowsAsync(string sql, string database, string bucket) => Aws.RowsAsync(sql, $"s3://{bucket}/r/", database);
}
