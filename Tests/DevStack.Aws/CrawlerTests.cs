using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Stedi.Testing;

namespace Stedi.DevStack.Aws.Tests;

public sealed class CrawlerTests(SharedAws shared) : AwsTest(shared)
{
    [Fact]
    public async Task Crawl_OfJsonFiles_CreatesTableNamedAfterPrefixAndFolder()
    {
        var bucket = await Aws.BucketAsync();
        await Aws.PutAsync(bucket, "customer/landing/1.json", """
            {"serialNumber":"s","registrationDate":1655296678763,"small":1,"share":null}
            not json
            {"serialNumber":"t","X":1,"y":0.5,"nested":{"A":[1,2.5]},"mixed":1}

            """);
        await Aws.PutAsync(bucket, "customer/landing/2.json", """{"x":2.5,"share":12,"ok":true,"mixed":"text"}""");
        await Aws.PutAsync(bucket, "customer/landing/_hidden.json", """{"hidden":1}""");
        var (crawler, database) = await CrawlerAsync($"s3://{bucket}/customer/landing", "customer_");

        var last = await CrawlAsync(crawler);

        ((string)last["LastCrawl"]!["Status"]!).ShouldBe("SUCCEEDED");
        var table = (await Aws.GlueAsync("GetTable", new() { ["DatabaseName"] = database, ["Name"] = "customer_landing" }))["Table"]!;
        Columns(table).ShouldBe("serialnumber:string registrationdate:bigint small:int share:int x:double y:double nested:struct<a:array<double>> mixed:string ok:boolean");
        ((string)table["StorageDescriptor"]!["Location"]!).ShouldBe($"s3://{bucket}/customer/landing/");
        ((string)table["StorageDescriptor"]!["SerdeInfo"]!["SerializationLibrary"]!).ShouldBe("org.openx.data.jsonserde.JsonSerDe");
        ((string)table["StorageDescriptor"]!["SerdeInfo"]!["Parameters"]!["paths"]!).ShouldStartWith("serialNumber,registrationDate");
        ((string)table["Parameters"]!["classification"]!, (string)table["Parameters"]!["objectCount"]!).ShouldBe(("json", "2"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Crawl_WhenPrefixIsEmptyOrMissing_SucceedsWithoutATable(bool exists)
    {
        var bucket = await Aws.BucketAsync();
        if (exists)
        {
            await Aws.PutAsync(bucket, "x/landing/empty.json", "");
        }

        var (crawler, database) = await CrawlerAsync($"s3://{bucket}/x/landing/", "");

        ((string)(await CrawlAsync(crawler))["LastCrawl"]!["Status"]!).ShouldBe("SUCCEEDED");

        (await Aws.GlueAsync("GetTables", new() { ["DatabaseName"] = database }))["TableList"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Crawl_WhenRepeated_UpdatesTheTableOnlyIfFilesChanged()
    {
        var bucket = await Aws.BucketAsync();
        await Aws.PutAsync(bucket, "t/1.json", """{"a":1}""");
        var (crawler, database) = await CrawlerAsync($"s3://{bucket}/t/", "");
        await CrawlAsync(crawler);
        await CrawlAsync(crawler);
        (await VersionAsync()).ShouldBe("0");

        await Aws.PutAsync(bucket, "t/2.json", """{"b":"x"}""");
        await CrawlAsync(crawler);

        (await VersionAsync()).ShouldBe("1");

        async Task<string> VersionAsync() => (string)(await Aws.GlueAsync("GetTable", new() { ["DatabaseName"] = database, ["Name"] = "t" }))["Table"]!["VersionId"]!;
    }

    [Fact]
    public async Task Crawl_WithGzipAndPartitionFolders_RecordsCompressionAndPartitions()
    {
        var bucket = await Aws.BucketAsync();
        using var zipped = new MemoryStream();
        await using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes("{\"a\":1}\n{\"a\":3000000000}\n"));
        }

        await Aws.S3.PutObjectAsync(new() { BucketName = bucket, Key = "t/dt=2024-01-01/x.json.gz", InputStream = new MemoryStream(zipped.ToArray()) }, Cancellation);
        var (crawler, database) = await CrawlerAsync($"s3://{bucket}/t/", "");

        await CrawlAsync(crawler);

        var table = (await Aws.GlueAsync("GetTable", new() { ["DatabaseName"] = database, ["Name"] = "t" }))["Table"]!;
        Columns(table).ShouldBe("a:bigint");
        ((string)table["PartitionKeys"]![0]!["Name"]!, (string)table["Parameters"]!["compressionType"]!).ShouldBe(("dt", "gzip"));
        var partition = (await Aws.GlueAsync("GetPartitions", new() { ["DatabaseName"] = database, ["TableName"] = "t" }))["Partitions"]!.AsArray().Single()!;
        ((string)partition["Values"]![0]!, (string)partition["StorageDescriptor"]!["Location"]!).ShouldBe(("2024-01-01", $"s3://{bucket}/t/dt=2024-01-01/"));
    }

    [Fact]
    public async Task Crawler_WhenCallDoesNotFitItsState_ReturnsTheErrorOfGlue()
    {
        var (crawler, _) = await CrawlerAsync("s3://no-such-bucket/x/", "");

        (await Should.ThrowAsync<AwsCallException>(() => Aws.GlueAsync("StopCrawler", new() { ["Name"] = crawler }))).Code.ShouldBe("CrawlerNotRunningException");
        (await Should.ThrowAsync<AwsCallException>(() => Aws.GlueAsync("StartCrawler", new() { ["Name"] = "none" }))).Code.ShouldBe("EntityNotFoundException");
        (await Should.ThrowAsync<AwsCallException>(() => Aws.GlueAsync("CreateCrawler", new() { ["Name"] = crawler, ["Role"] = "r" }))).Code.ShouldBe("AlreadyExistsException");
        ((string)(await CrawlAsync(crawler))["LastCrawl"]!["Status"]!).ShouldBe("SUCCEEDED");
        await Aws.GlueAsync("DeleteCrawler", new() { ["Name"] = crawler });
    }

    private async Task<(string Crawler, string Database)> CrawlerAsync(string path, string tablePrefix)
    {
        var name = $"c{Guid.NewGuid():N}";
        await Aws.GlueAsync("CreateDatabase", new() { ["DatabaseInput"] = new JsonObject { ["Name"] = name } });
        await Aws.GlueAsync("CreateCrawler", new()
        {
            ["Name"] = name,
            ["Role"] = "role",
            ["DatabaseName"] = name,
            ["TablePrefix"] = tablePrefix,
            ["Targets"] = new JsonObject { ["S3Targets"] = new JsonArray(new JsonObject { ["Path"] = path }) },
        });
        return (name, name);
    }

    private async Task<JsonObject> CrawlAsync(string crawler)
    {
        await Aws.GlueAsync("StartCrawler", new() { ["Name"] = crawler });
        return await Eventually.AsksAsync(
            async () => (await Aws.GlueAsync("GetCrawler", new() { ["Name"] = crawler }))["Crawler"]!.AsObject(),
            c => (string)c["State"]! == "READY");
    }

    private static string Columns(JsonNode table) =>
        string.Join(' ', table["StorageDescriptor"]!["Columns"]!.AsArray().Select(c => $"{c!["Name"]}:{c["Type"]}"));
}
