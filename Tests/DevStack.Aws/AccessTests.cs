using System.Text.Json.Nodes;
using Amazon.S3;
using Stedi.Testing;

namespace Stedi.DevStack.Aws.Tests;

/// <summary>What a caller without the worker's key may not read (the pseudonym key) and may not change (published tables).</summary>
public sealed class AccessTests(GuardedAws guarded) : IClassFixture<GuardedAws>
{
    private const string Reader = "stedi-reader";
    private const string Secret = "0123456789abcdef";
    private const string Results = "s3://stedi-lake/results/";
    private const string Manifest = "org.apache.hadoop.hive.ql.io.SymlinkTextInputFormat";

    [Theory]
    [InlineData("s3://stedi-lake/private/pseudonym_key/")]
    [InlineData("s3://stedi-lake/private")]
    [InlineData("s3://stedi-lake/priv")]
    [InlineData("s3://stedi-lake/")]
    [InlineData("s3://stedi-lake")]
    [InlineData("S3A://stedi-lake/private/pseudonym_key/")]
    [InlineData("s3://stedi-lake/PRIVATE/pseudonym_key/")]
    [InlineData("s3://stedi-lake/p*/pseudonym_key/")]
    [InlineData("s3://stedi-lake/p?ivate/pseudonym_key/")]
    [InlineData("s3://stedi-lake/[p]rivate/pseudonym_key/")]
    [InlineData("s3://stedi-lake/private/*/")]
    [InlineData("s3://stedi-lake/p%72ivate/pseudonym_key/")]
    [InlineData("s3://stedi-lake/private%2Fpseudonym_key/")]
    [InlineData("s3://stedi-lake//private/pseudonym_key/")]
    [InlineData("s3://stedi-lake/private//pseudonym_key/")]
    [InlineData("s3://stedi-lake/open/../private/pseudonym_key/")]
    [InlineData("s3://stedi-lake/./private/pseudonym_key/")]
    [InlineData("s3://open-bucket/../stedi-lake/private/pseudonym_key/")]
    public async Task Query_WhenALocationResolvesToTheKey_DoesNotReadIt(string location)
    {
        var database = await Aws.DatabaseAsync();
        await Aws.TableAsync(database, "sneaky", location, Queries.Json, "key:string");
        await Aws.TableAsync(database, "lines", location, Queries.TextLines, "key:string");

        foreach (var sql in (string[])["SELECT key FROM sneaky", "SELECT key FROM lines", "SELECT DISTINCT \"$path\" FROM lines", "SELECT count(*) FROM sneaky WHERE key LIKE '0%'"])
        {
            await ShouldNotRevealKeyAsync(sql, database);
        }
    }

    [Fact]
    public async Task Query_WhenAnObjectIsNamedAsAPatternOfTheKey_ReadsTheObject()
    {
        var database = await Aws.DatabaseAsync();
        await Aws.TableAsync(database, "sneaky", "s3://stedi-lake/p*/pseudonym_key/", Queries.Json, "key:string");

        (await Aws.RowsAsync("SELECT key, \"$path\" FROM sneaky", Results, database, Reader)).ShouldBe(["decoy|s3://stedi-lake/p*/pseudonym_key/key.json"]);
    }

    [Theory]
    [InlineData("open-bucket", "s3://stedi-lake/private/pseudonym_key/key.json")]
    [InlineData("stedi-lake", "s3://stedi-lake/private/pseudonym_key/key.json")]
    [InlineData("stedi-lake", "s3a://stedi-lake/private/pseudonym_key/key.json")]
    [InlineData("stedi-lake", "s3://stedi-lake/p*/pseudonym_key/key.json")]
    [InlineData("stedi-lake", "s3://stedi-lake/open/../private/pseudonym_key/key.json")]
    public async Task Query_WhenAManifestNamesTheKey_DoesNotReadIt(string bucket, string named)
    {
        var database = await Aws.DatabaseAsync();
        var folder = $"manifests-{Guid.NewGuid():N}";
        await Aws.PutAsync(bucket, $"{folder}/m", named + "\n");
        await ManifestTableAsync(database, $"s3://{bucket}/{folder}/");

        await ShouldNotRevealKeyAsync("SELECT key FROM sneaky", database);
    }

    [Fact]
    public async Task Query_WhenAManifestNamesAnotherBucket_IsRefused()
    {
        var database = await Aws.DatabaseAsync();
        await Aws.PutAsync("stedi-lake", "open/a.json", "{\"key\":\"open\"}\n");
        await Aws.PutAsync("stedi-lake", "own/m", "s3://stedi-lake/open/a.json\n");
        await Aws.PutAsync("open-bucket", "other/m", "s3://stedi-lake/open/a.json\n");
        await ManifestTableAsync(database, "s3://stedi-lake/own/");
        (await Aws.RowsAsync("SELECT key FROM sneaky", Results, database, Reader)).ShouldBe(["open"]);
        var another = await Aws.DatabaseAsync();
        await ManifestTableAsync(another, "s3://open-bucket/other/");

        (await Aws.FailureAsync("SELECT key FROM sneaky", Results, another, Reader)).ShouldContain("names a file in another bucket");
    }

    [Fact]
    public async Task Query_WhenAPartitionLiesInThePrivatePrefix_IsRefused()
    {
        var database = await Aws.DatabaseAsync();
        (await RunAsync("CREATE EXTERNAL TABLE parts (key string) PARTITIONED BY (p string) ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe' LOCATION 's3://open-bucket/parts/'", database)).ShouldBe("SUCCEEDED");
        (await RunAsync("ALTER TABLE parts ADD PARTITION (p = 'x') LOCATION 's3://stedi-lake/private/pseudonym_key/'", database)).ShouldBe("SUCCEEDED");

        await ShouldNotRevealKeyAsync("SELECT key FROM parts", database);
    }

    [Fact]
    public async Task Query_WhenAViewNamesARestrictedTable_IsRefusedToItsCaller()
    {
        var database = await Aws.DatabaseAsync();
        await Aws.RowsAsync("CREATE VIEW pane AS SELECT key FROM stedi_private.pseudonym_key", Results, database, Privileged);

        (await Aws.FailureAsync("SELECT key FROM pane", Results, database, Reader)).ShouldContain("denied");
        (await Aws.RowsAsync("SELECT key FROM pane", Results, database, Privileged)).ShouldBe([Secret]);
    }

    [Theory]
    [InlineData("UNLOAD (SELECT 'x' AS key) TO 's3://stedi-lake/private/pseudonym_key/more/' WITH (format = 'JSON')")]
    [InlineData("CREATE TABLE mine WITH (external_location = 's3://stedi-lake/private/mine/') AS SELECT 'x' AS key")]
    [InlineData("INSERT INTO poison VALUES ('x')")]
    [InlineData("INSERT INTO everything VALUES ('x')")]
    public async Task Statement_WhenItWritesBelowThePrivatePrefix_IsRefused(string sql)
    {
        var database = await Aws.DatabaseAsync();
        await Aws.TableAsync(database, "poison", "s3://stedi-lake/private/pseudonym_key/", Queries.Parquet, "key:string");
        await Aws.TableAsync(database, "everything", "s3://stedi-lake/", Queries.Parquet, "key:string");
        var before = Objects("private");

        (await Aws.FailureAsync(sql, Results, database, Reader)).ShouldContain("denied");

        Objects("private").ShouldBe(before);
    }

    [Theory]
    [InlineData("s3://stedi-lake/private/pseudonym_key/")]
    [InlineData("s3://stedi-lake/trusted/customer_trusted/run=1/")]
    public async Task Query_WhenCallerMayNotWriteToItsOutputLocation_IsRefused(string output)
    {
        var before = Objects("");

        (await Aws.FailureAsync("SELECT 'x' AS key", output, accessKey: Reader)).ShouldContain("denied");

        Objects("").ShouldBe(before);
    }

    [Fact]
    public async Task S3_WhenAReaderCopiesTheKey_IsRefused()
    {
        using var s3 = Aws.NewS3(Reader);
        var upload = await s3.InitiateMultipartUploadAsync("open-bucket", "copied-in-parts", Cancellation);

        await ShouldBeDeniedAsync(() => s3.GetObjectAsync("stedi-lake", "private/pseudonym_key/key.json", Cancellation));
        await ShouldBeDeniedAsync(() => s3.GetObjectAsync("stedi-lake", "PRIVATE/pseudonym_key/key.json", Cancellation));
        await ShouldBeDeniedAsync(() => s3.CopyObjectAsync("stedi-lake", "private/pseudonym_key/key.json", "open-bucket", "copied", Cancellation));
        await ShouldBeDeniedAsync(() => s3.CopyPartAsync(
            new() { SourceBucket = "stedi-lake", SourceKey = "private/pseudonym_key/key.json", DestinationBucket = "open-bucket", DestinationKey = "copied-in-parts", UploadId = upload.UploadId, PartNumber = 1 }, Cancellation));
    }

    public static TheoryData<string> ChangesOfAPublishedTable =>
    [
        "INSERT INTO customer_trusted VALUES ('intruder')",
        "INSERT INTO STEDI.Customer_Trusted VALUES ('intruder')",
        "INSERT INTO mine_over_it VALUES ('intruder')",
        "DROP TABLE customer_trusted",
        "DROP TABLE IF EXISTS stedi.customer_trusted",
        "DROP VIEW customer_trusted",
        "DROP DATABASE stedi CASCADE",
        "ALTER TABLE customer_trusted ADD COLUMNS (more string)",
        "ALTER TABLE customer_trusted SET TBLPROPERTIES ('a' = 'b')",
        "ALTER TABLE customer_trusted SET LOCATION 's3://open-bucket/elsewhere/'",
        "ALTER TABLE customer_trusted ADD PARTITION (p = 'x') LOCATION 's3://open-bucket/elsewhere/'",
        "ALTER TABLE customer_trusted DROP PARTITION (p = 'x')",
        "MSCK REPAIR TABLE customer_trusted",
        "CREATE OR REPLACE VIEW customer_trusted AS SELECT 'intruder' AS email",
        "CREATE OR REPLACE VIEW customers_curated AS SELECT 'intruder' AS email",
        "CREATE TABLE customers_curated WITH (external_location = 's3://open-bucket/fake/') AS SELECT 'intruder' AS email",
        "CREATE EXTERNAL TABLE customers_curated (email string) LOCATION 's3://open-bucket/fake/'",
        "CREATE TABLE mine WITH (external_location = 's3://stedi-lake/trusted/mine/') AS SELECT 'intruder' AS email",
        "CREATE TABLE mine WITH (external_location = 's3://stedi-lake/snapshots/') AS SELECT 'intruder' AS email",
        "UNLOAD (SELECT 'intruder' AS email) TO 's3://stedi-lake/trusted/customer_trusted/run=1/more/' WITH (format = 'PARQUET')",
    ];

    [Theory]
    [MemberData(nameof(ChangesOfAPublishedTable))]
    public async Task Statement_WhenAReaderChangesAPublishedTable_IsRefusedAndChangesNothing(string sql)
    {
        if (await FindAsync("mine_over_it") is null)
        {
            await Aws.TableAsync("stedi", "mine_over_it", "s3://stedi-lake/trusted/customer_trusted/run=1/", Queries.Parquet, "email:string");
        }

        var (table, objects) = (await FindAsync("customer_trusted"), Objects("trusted"));

        var failure = await Aws.FailureAsync(sql, Results, "stedi", Reader);

        failure.ShouldContain("Published tables and those of runs are changed by the pipeline only");
        (await FindAsync("customer_trusted"))!.ToJsonString().ShouldBe(table!.ToJsonString());
        (await FindAsync("customers_curated")).ShouldBeNull();
        Objects("trusted").ShouldBe(objects);
        (await Aws.RowsAsync("SELECT email FROM customer_trusted", Results, "stedi", Reader)).ShouldBe(["a"]);
    }

    [Fact]
    public async Task Glue_WhenAReaderChangesAPublishedTable_IsRefused()
    {
        var input = new JsonObject { ["Name"] = "Customer_Trusted", ["StorageDescriptor"] = new JsonObject { ["Location"] = "s3://open-bucket/" } };
        var partition = new JsonObject { ["Values"] = new JsonArray("x") };
        await Aws.GlueAsync("CreateCrawler", new()
        {
            ["Name"] = "intruder",
            ["Role"] = "r",
            ["DatabaseName"] = "stedi",
            ["Targets"] = new JsonObject { ["S3Targets"] = new JsonArray(new JsonObject { ["Path"] = "s3://open-bucket/Customer_Trusted/" }) },
        }, Reader);

        await RefusedAsync("CreateTable", new() { ["DatabaseName"] = "stedi", ["TableInput"] = input.DeepClone() });
        await RefusedAsync("UpdateTable", new() { ["DatabaseName"] = "STEDI", ["TableInput"] = input.DeepClone() });
        await RefusedAsync("DeleteTable", new() { ["DatabaseName"] = "stedi", ["Name"] = "customer_trusted" });
        await RefusedAsync("CreatePartition", new() { ["DatabaseName"] = "stedi", ["TableName"] = "customer_trusted", ["PartitionInput"] = partition.DeepClone() });
        await RefusedAsync("BatchCreatePartition", new() { ["DatabaseName"] = "stedi", ["TableName"] = "customer_trusted", ["PartitionInputList"] = new JsonArray(partition.DeepClone()) });
        await RefusedAsync("DeletePartition", new() { ["DatabaseName"] = "stedi", ["TableName"] = "customer_trusted", ["PartitionValues"] = new JsonArray("x") });
        await RefusedAsync("BatchDeleteTableVersion", new() { ["DatabaseName"] = "stedi", ["TableName"] = "customer_trusted", ["VersionIds"] = new JsonArray("0") });
        await RefusedAsync("DeleteDatabase", new() { ["Name"] = "stedi" });
        await RefusedAsync("StartCrawler", new() { ["Name"] = "intruder" });
        var batch = await Aws.GlueAsync("BatchDeleteTable", new() { ["DatabaseName"] = "stedi", ["TablesToDelete"] = new JsonArray("customer_trusted") }, Reader);
        ((string)batch["Errors"]![0]!["ErrorDetail"]!["ErrorCode"]!).ShouldBe("AccessDeniedException");
        (await FindAsync("customer_trusted")).ShouldNotBeNull();

        async Task RefusedAsync(string operation, JsonObject request) =>
            (await Should.ThrowAsync<AwsCallException>(() => Aws.GlueAsync(operation, request, Reader))).Code.ShouldBe("AccessDeniedException", operation);
    }

    [Fact]
    public async Task S3_WhenAReaderWritesBelowAPublishedLocation_IsRefusedAndReadingStillSucceeds()
    {
        using var s3 = Aws.NewS3(Reader);
        var key = guarded.PublishedKey;
        await s3.PutObjectAsync(new() { BucketName = "stedi-lake", Key = "customer/landing/own.json", ContentBody = "{}" }, Cancellation);
        var objects = Objects("trusted");

        await ShouldBeDeniedAsync(() => s3.PutObjectAsync(new() { BucketName = "stedi-lake", Key = "trusted/customer_trusted/run=1/more.json", ContentBody = "{}" }, Cancellation));
        await ShouldBeDeniedAsync(() => s3.PutObjectAsync(new() { BucketName = "stedi-lake", Key = "snapshots/current.json", ContentBody = "{}" }, Cancellation));
        await ShouldBeDeniedAsync(() => s3.DeleteObjectAsync("stedi-lake", key, Cancellation));
        await ShouldBeDeniedAsync(() => s3.CopyObjectAsync("stedi-lake", "customer/landing/own.json", "stedi-lake", key, Cancellation));
        await ShouldBeDeniedAsync(() => s3.InitiateMultipartUploadAsync("stedi-lake", key, Cancellation));
        var batch = await Should.ThrowAsync<DeleteObjectsException>(() => s3.DeleteObjectsAsync(new() { BucketName = "stedi-lake", Objects = [new() { Key = key }] }, Cancellation));
        batch.Response.DeleteErrors.Select(error => error.Code).ShouldBe(["AccessDenied"]);
        Objects("trusted").ShouldBe(objects);
        (await s3.GetObjectAsync("stedi-lake", key, Cancellation)).ContentLength.ShouldBeGreaterThan(0);
        (await s3.DeleteObjectAsync("stedi-lake", "customer/landing/own.json", Cancellation)).HttpStatusCode.ShouldBe(System.Net.HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Statement_WhenAReaderMakesATableOfItsOwn_Succeeds()
    {
        var name = $"own_{Guid.NewGuid():N}";

        (await RunAsync($"CREATE TABLE {name} WITH (external_location = 's3://stedi-lake/own/{name}/') AS SELECT email FROM customer_trusted", "stedi")).ShouldBe("SUCCEEDED");
        (await RunAsync($"INSERT INTO {name} VALUES ('b')", "stedi")).ShouldBe("SUCCEEDED");
        (await Aws.RowsAsync($"SELECT email FROM {name} ORDER BY email", Results, "stedi", Reader)).ShouldBe(["a", "b"]);
        (await RunAsync($"DROP TABLE {name}", "stedi")).ShouldBe("SUCCEEDED");
    }

    [Fact]
    public async Task Statement_WhenThePublisherChangesAPublishedTable_Succeeds()
    {
        (await Aws.RunAsync("CREATE TABLE machine_learning_curated WITH (external_location = 's3://stedi-lake/curated/m/') AS SELECT 1 AS n", Results, "stedi", Privileged))["Status"]!["State"]!.ToString().ShouldBe("SUCCEEDED");
        (await Aws.RunAsync("DROP TABLE machine_learning_curated", Results, "stedi", Privileged))["Status"]!["State"]!.ToString().ShouldBe("SUCCEEDED");
    }

    [Fact]
    public async Task Grant_ReadsAndWritesWhatItNamesAndNothingElse()
    {
        using var s3 = Aws.NewS3(GuardedAws.Officer);

        (await s3.GetObjectAsync("stedi-lake", "private/pseudonym_key/key.json", Cancellation)).ContentLength.ShouldBeGreaterThan(0);
        await s3.PutObjectAsync(new() { BucketName = "stedi-lake", Key = "private/own/a.json", ContentBody = "{}" }, Cancellation);
        await ShouldBeDeniedAsync(() => s3.GetObjectAsync("stedi-lake", "private/other/a.json", Cancellation));
        await ShouldBeDeniedAsync(() => s3.PutObjectAsync(new() { BucketName = "stedi-lake", Key = "private/pseudonym_key/key.json", ContentBody = "{}" }, Cancellation));
        await ShouldBeDeniedAsync(() => s3.PutObjectAsync(new() { BucketName = "stedi-lake", Key = "customer/landing/own.json", ContentBody = "{}" }, Cancellation));
        await ShouldBeDeniedAsync(() => s3.DeleteObjectAsync("stedi-lake", guarded.PublishedKey, Cancellation));
        (await Aws.RunAsync("SELECT key FROM stedi_private.pseudonym_key", GuardedAws.OwnResults, accessKey: GuardedAws.Officer))["Status"]!["State"]!.ToString().ShouldBe("SUCCEEDED");
        (await Aws.FailureAsync("SELECT 1 AS n", Results, accessKey: GuardedAws.Officer)).ShouldContain("denied");
        (await Aws.FailureAsync("DROP TABLE stedi_private.pseudonym_key", GuardedAws.OwnResults, accessKey: GuardedAws.Officer)).ShouldContain("changed by the pipeline only");
    }

    [Fact]
    public async Task GetQueryResults_WhenCallerMayNotReadTheResultFile_IsRefused()
    {
        var ended = await Aws.RunAsync("SELECT key FROM stedi_private.pseudonym_key", GuardedAws.OwnResults, accessKey: GuardedAws.Officer);
        var request = new JsonObject { ["QueryExecutionId"] = (string)ended["QueryExecutionId"]! };

        (await Should.ThrowAsync<AwsCallException>(() => Aws.AthenaAsync("GetQueryResults", request, Reader))).Code.ShouldBe("AccessDeniedException");
        (await Aws.AthenaAsync("GetQueryResults", request, GuardedAws.Officer)).ToJsonString().ShouldContain(Secret);
    }

    private AwsFixture Aws => guarded.Aws;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Privileged => Aws.Options.PrivilegedAccessKeys[0];

    private Task ManifestTableAsync(string database, string location) => Aws.GlueAsync("CreateTable", new()
    {
        ["DatabaseName"] = database,
        ["TableInput"] = new JsonObject
        {
            ["Name"] = "sneaky",
            ["TableType"] = "EXTERNAL_TABLE",
            ["StorageDescriptor"] = new JsonObject
            {
                ["Location"] = location,
                ["InputFormat"] = Manifest,
                ["Columns"] = new JsonArray(new JsonObject { ["Name"] = "key", ["Type"] = "string" }),
                ["SerdeInfo"] = new JsonObject { ["SerializationLibrary"] = Queries.Json },
            },
        },
    });

    // The query fails or finds nothing. In either case its output must not have the key or its location.
    private async Task ShouldNotRevealKeyAsync(string sql, string database)
    {
        var ended = await Aws.RunAsync(sql, Results, database, Reader);
        if ((string)ended["Status"]!["State"]! == "SUCCEEDED")
        {
            (await Aws.ResultAsync((string)ended["QueryExecutionId"]!)).Skip(1).Select(Queries.Text).ShouldAllBe(row => row == "0" || row.Contains("decoy", StringComparison.Ordinal) || (row.EndsWith("/pseudonym_key/key.json", StringComparison.Ordinal) && !row.Contains("/private/", StringComparison.Ordinal)));
        }
        else
        {
            ended.ToJsonString().ShouldNotContain(Secret);
            ((string)ended["Status"]!["StateChangeReason"]!).ShouldMatch("denied|another bucket|no S3 location");
        }
    }

    private async Task<string> RunAsync(string sql, string database) => (string)(await Aws.RunAsync(sql, Results, database, Reader))["Status"]!["State"]!;

    private async Task<JsonObject?> FindAsync(string table) =>
        (await Aws.GlueAsync("GetTables", new() { ["DatabaseName"] = "stedi" }))["TableList"]!.AsArray().Select(t => t!.AsObject()).FirstOrDefault(t => (string)t["Name"]! == table);

    private List<string> Objects(string prefix)
    {
        var folder = Path.Combine(Aws.Lake, "stedi-lake", prefix);
        return [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => prefix.Length > 0 || file.Contains("/private/", StringComparison.Ordinal) || file.Contains("/trusted/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }

    private static async Task ShouldBeDeniedAsync(Func<Task> call) => (await Should.ThrowAsync<AmazonS3Exception>(call)).ErrorCode.ShouldBe("AccessDenied");
}

/// <summary>A local AWS with a lake like the stack's: a restricted pseudonym key and a protected published table.</summary>
public sealed class GuardedAws : IAsyncLifetime
{
    /// <summary>The access key of a caller with a grant.</summary>
    public const string Officer = "officer-key";

    /// <summary>Where that caller's queries may write their results.</summary>
    public const string OwnResults = "s3://stedi-lake/private/own/results/";

    public AwsFixture Aws { get; private set; } = null!;

    /// <summary>The object key of the published table's file.</summary>
    public string PublishedKey { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Aws = await AwsFixture.StartAsync(options => options with
        {
            RestrictedDatabases = ["stedi_private"],
            RestrictedPrefixes = ["s3://stedi-lake/private/"],
            ProtectedTables = ["stedi.customer_trusted", "stedi.customers_curated", "stedi.machine_learning_curated"],
            ProtectedPrefixes = ["s3://stedi-lake/trusted/", "s3://stedi-lake/curated/", "s3://stedi-lake/snapshots/"],
            PrivilegedAccessKeys = [Guid.NewGuid().ToString("N")],
            Grants =
            [
                new()
                {
                    AccessKey = Officer,
                    User = "officer",
                    Databases = ["stedi_private"],
                    Tables = ["stedi_private.own_*"],
                    ReadPrefixes = ["s3://stedi-lake/private/pseudonym_key/"],
                    WritePrefixes = ["s3://stedi-lake/private/own/"],
                },
            ],
        });
        var privileged = Aws.Options.PrivilegedAccessKeys[0];
        using var s3 = Aws.NewS3(privileged);
        await s3.PutBucketAsync("stedi-lake");
        await s3.PutBucketAsync("open-bucket");
        await s3.PutObjectAsync(new() { BucketName = "stedi-lake", Key = "private/pseudonym_key/key.json", ContentBody = "{\"key\":\"0123456789abcdef\"}\n" });
        foreach (var folder in (string[])["p*", "p?ivate", "[p]rivate"])
        {
            await s3.PutObjectAsync(new() { BucketName = "stedi-lake", Key = $"{folder}/pseudonym_key/key.json", ContentBody = "{\"key\":\"decoy\"}\n" });
        }

        foreach (var database in (string[])["stedi", "stedi_private"])
        {
            await Aws.GlueAsync("CreateDatabase", new() { ["DatabaseInput"] = new JsonObject { ["Name"] = database } }, privileged);
        }

        await Aws.RowsAsync("CREATE EXTERNAL TABLE pseudonym_key (key string) ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe' LOCATION 's3://stedi-lake/private/pseudonym_key/'", "s3://stedi-lake/results/", "stedi_private", privileged);
        await Aws.RowsAsync("CREATE TABLE customer_trusted WITH (external_location = 's3://stedi-lake/trusted/customer_trusted/run=1/') AS SELECT 'a' AS email", "s3://stedi-lake/results/", "stedi", privileged);
        PublishedKey = (await s3.ListObjectsV2Async(new() { BucketName = "stedi-lake", Prefix = "trusted/" })).S3Objects.Single().Key;
    }

    public ValueTask DisposeAsync() => Aws.DisposeAsync();
}
