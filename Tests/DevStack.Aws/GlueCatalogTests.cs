using System.Text.Json.Nodes;
using Stedi.Testing;

namespace Stedi.DevStack.Aws.Tests;

public sealed class GlueCatalogTests(SharedAws shared) : AwsTest(shared)
{
    [Fact]
    public async Task CreateTable_WithAllMembers_KeepsThemAndLowerCasesNames()
    {
        var database = await DatabaseAsync();
        var input = JsonNode.Parse("""
            {"Name":"Readings","Description":"d","TableType":"EXTERNAL_TABLE","Parameters":{"EXTERNAL":"TRUE"},
             "PartitionKeys":[{"Name":"dt","Type":"string"}],
             "StorageDescriptor":{"Location":"s3://b-lake/x/","Columns":[{"Name":"x","Type":"double","Comment":"c","Parameters":{"unit":"g"}}],
               "SerdeInfo":{"SerializationLibrary":"s","Parameters":{"k":"v"}}}}
            """)!.AsObject();

        await Aws.GlueAsync("CreateTable", new() { ["DatabaseName"] = database.ToUpperInvariant(), ["TableInput"] = input.DeepClone() });

        var table = (await Aws.GlueAsync("GetTable", new() { ["DatabaseName"] = database, ["Name"] = "READINGS" }))["Table"]!.AsObject();
        ((string)table["Name"]!, (string)table["DatabaseName"]!, (string)table["VersionId"]!).ShouldBe(("readings", database, "0"));
        foreach (var member in (string[])["Description", "TableType", "Parameters", "PartitionKeys", "StorageDescriptor"])
        {
            JsonNode.DeepEquals(table[member], input[member]).ShouldBeTrue(member);
        }

        ((double)table["CreateTime"]!).ShouldBeGreaterThan(1.7e9);
    }

    [Fact]
    public async Task UpdateTable_WithVersionId_ArchivesTheOldVersionAndRefusesAStaleOne()
    {
        var database = await DatabaseAsync();
        await Aws.GlueAsync("CreateTable", Table(database, "t", "first"));

        await Aws.GlueAsync("UpdateTable", Table(database, "t", "second", versionId: "0"));
        var stale = await FailsAsync("UpdateTable", Table(database, "t", "third", versionId: "0"));
        await Aws.GlueAsync("UpdateTable", Table(database, "t", "fourth", skipArchive: true));

        stale.ShouldBe("ConcurrentModificationException");
        var versions = (await Aws.GlueAsync("GetTableVersions", new() { ["DatabaseName"] = database, ["TableName"] = "t" }))["TableVersions"]!.AsArray();
        versions.Select(v => ((string)v!["VersionId"]!, (string)v["Table"]!["Description"]!)).ShouldBe([("2", "fourth"), ("0", "first")]);
    }

    [Fact]
    public async Task Call_WhenEntityIsMissingOrExists_ReturnsTheErrorOfGlue()
    {
        var database = await DatabaseAsync();
        await Aws.GlueAsync("CreateTable", Table(database, "t", "d"));

        (await FailsAsync("GetDatabase", new() { ["Name"] = "none" })).ShouldBe("EntityNotFoundException");
        (await FailsAsync("GetTable", new() { ["DatabaseName"] = database, ["Name"] = "none" })).ShouldBe("EntityNotFoundException");
        (await FailsAsync("DeleteTable", new() { ["DatabaseName"] = database, ["Name"] = "none" })).ShouldBe("EntityNotFoundException");
        (await FailsAsync("CreateTable", Table(database, "T", "d"))).ShouldBe("AlreadyExistsException");
        (await FailsAsync("CreateDatabase", new() { ["DatabaseInput"] = new JsonObject { ["Name"] = database } })).ShouldBe("AlreadyExistsException");
        (await FailsAsync("GetTable", new() { ["DatabaseName"] = database })).ShouldBe("InvalidInputException");
        (await FailsAsync("GetTable", new() { ["DatabaseName"] = 1 })).ShouldBe("SerializationException");
        (await FailsAsync("Frobnicate", [])).ShouldBe("UnknownOperationException");
    }

    [Fact]
    public async Task BatchDeleteTable_WhenATableIsMissing_ReportsIt()
    {
        var database = await DatabaseAsync();
        await Aws.GlueAsync("CreateTable", Table(database, "t", "d"));

        var answer = await Aws.GlueAsync("BatchDeleteTable", new() { ["DatabaseName"] = database, ["TablesToDelete"] = new JsonArray("t", "none") });

        var error = answer["Errors"]!.AsArray().Single()!;
        ((string)error["TableName"]!, (string)error["ErrorDetail"]!["ErrorCode"]!).ShouldBe(("none", "EntityNotFoundException"));
    }

    [Fact]
    public async Task GetTables_WithMaxResultsOrExpression_ReturnsPagesOrMatches()
    {
        var database = await DatabaseAsync();
        foreach (var name in (string[])["a1", "a2", "b1"])
        {
            await Aws.GlueAsync("CreateTable", Table(database, name, "d"));
        }

        var first = await Aws.GlueAsync("GetTables", new() { ["DatabaseName"] = database, ["MaxResults"] = 2 });
        var rest = await Aws.GlueAsync("GetTables", new() { ["DatabaseName"] = database, ["MaxResults"] = 2, ["NextToken"] = (string)first["NextToken"]! });
        var matching = await Aws.GlueAsync("GetTables", new() { ["DatabaseName"] = database, ["Expression"] = "a.*" });

        Names(first).ShouldBe(["a1", "a2"]);
        Names(rest).ShouldBe(["b1"]);
        rest.ContainsKey("NextToken").ShouldBeFalse();
        Names(matching).ShouldBe(["a1", "a2"]);

        static IEnumerable<string> Names(JsonObject page) => page["TableList"]!.AsArray().Select(t => (string)t!["Name"]!);
    }

    [Fact]
    public async Task BatchCreatePartition_ThenGetPartitions_ReportsDuplicatesAndFilters()
    {
        var database = await DatabaseAsync();
        var table = Table(database, "t", "d");
        table["TableInput"]!["PartitionKeys"] = new JsonArray(new JsonObject { ["Name"] = "dt", ["Type"] = "string" });
        await Aws.GlueAsync("CreateTable", table);
        var inputs = new JsonArray(Partition("2"), Partition("1"), Partition("1"));

        var created = await Aws.GlueAsync("BatchCreatePartition", new() { ["DatabaseName"] = database, ["TableName"] = "t", ["PartitionInputList"] = inputs });
        var all = await Aws.GlueAsync("GetPartitions", new() { ["DatabaseName"] = database, ["TableName"] = "t" });
        var some = await Aws.GlueAsync("GetPartitions", new() { ["DatabaseName"] = database, ["TableName"] = "t", ["Expression"] = "dt > '1'" });

        ((string)created["Errors"]![0]!["ErrorDetail"]!["ErrorCode"]!).ShouldBe("AlreadyExistsException");
        Values(all).ShouldBe(["1", "2"]);
        Values(some).ShouldBe(["2"]);

        static JsonObject Partition(string value) => new() { ["Values"] = new JsonArray(value), ["StorageDescriptor"] = new JsonObject { ["Location"] = $"s3://b-lake/{value}/" } };
        static IEnumerable<string> Values(JsonObject answer) => answer["Partitions"]!.AsArray().Select(p => (string)p!["Values"]![0]!);
    }

    [Fact]
    public async Task Restart_WithTablesAndObjects_KeepsThem()
    {
        await using var aws = await AwsFixture.StartAsync();
        await aws.GlueAsync("CreateDatabase", new() { ["DatabaseInput"] = new JsonObject { ["Name"] = "db" } });
        await aws.GlueAsync("CreateTable", Table("db", "t", "kept"));
        await aws.S3.PutBucketAsync("bucket", Cancellation);
        var etag = (await aws.S3.PutObjectAsync(new() { BucketName = "bucket", Key = "k", ContentBody = "v" }, Cancellation)).ETag;

        await aws.RestartAsync();

        ((string)(await aws.GlueAsync("GetTable", new() { ["DatabaseName"] = "db", ["Name"] = "t" }))["Table"]!["Description"]!).ShouldBe("kept");
        (await aws.S3.GetObjectMetadataAsync("bucket", "k", Cancellation)).ETag.ShouldBe(etag);
    }

    private async Task<string> DatabaseAsync()
    {
        var name = $"d{Guid.NewGuid():N}";
        await Aws.GlueAsync("CreateDatabase", new() { ["DatabaseInput"] = new JsonObject { ["Name"] = name } });
        return name;
    }

    private async Task<string> FailsAsync(string operation, JsonObject input) => (await Should.ThrowAsync<AwsCallException>(() => Aws.GlueAsync(operation, input))).Code;

    private static JsonObject Table(string database, string name, string description, string? versionId = null, bool skipArchive = false)
    {
        var input = new JsonObject { ["DatabaseName"] = database, ["TableInput"] = new JsonObject { ["Name"] = name, ["Description"] = description } };
        if (versionId is not null)
        {
            input["VersionId"] = versionId;
        }

        if (skipArchive)
        {
            input["SkipArchive"] = true;
        }

        return input;
    }
}
