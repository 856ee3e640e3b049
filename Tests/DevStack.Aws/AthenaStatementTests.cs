using System.Text.Json.Nodes;
using Stedi.Testing;

namespace Stedi.DevStack.Aws.Tests;

public sealed class AthenaStatementTests(SharedAws shared) : AwsTest(shared)
{
    [Fact]
    public async Task Ddl_OverTheLifeOfATable_CreatesDescribesAltersAndDropsIt()
    {
        var lake = await LakeAsync();
        await lake.RunAsync("CREATE DATABASE IF NOT EXISTS {0}");
        await lake.RunAsync("""
            CREATE EXTERNAL TABLE IF NOT EXISTS `{0}`.`t` (`id` int COMMENT 'the id', name string, tags array<struct<k:string,v:bigint>>)
            PARTITIONED BY (dt string)
            ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe' WITH SERDEPROPERTIES ('ignore.malformed.json' = 'true')
            LOCATION 's3://{1}/t/' TBLPROPERTIES ('classification' = 'json');
            """);
        await Aws.PutAsync(lake.Bucket, "t/dt=1/x.json", """{"id":1,"name":"a","tags":[{"k":"x","v":"15"}]}""");
        await Aws.PutAsync(lake.Bucket, "t/dt=2/x.json", """{"id":2,"name":"b"}""");
        await Aws.PutAsync(lake.Bucket, "elsewhere/x.json", """{"id":3}""");

        (await lake.RowsAsync("SHOW TABLES IN {0} 't*'")).ShouldBe(["t"]);
        (await lake.RowsAsync("SHOW COLUMNS IN `{0}`.`t`")).ShouldBe(["id", "name", "tags", "dt"]);
        (await lake.RowsAsync("SELECT * FROM t")).ShouldBeEmpty();
        (await lake.RowsAsync("MSCK REPAIR TABLE t")).ShouldContain("Repair: Added partition to metastore t:dt=2");
        await lake.RunAsync("ALTER TABLE t ADD IF NOT EXISTS PARTITION (dt = '3') LOCATION 's3://{1}/elsewhere/'");
        (await lake.RowsAsync("SHOW PARTITIONS t")).ShouldBe(["dt=1", "dt=2", "dt=3"]);
        (await lake.RowsAsync("SELECT id, dt, tags FROM t ORDER BY id")).ShouldBe(["1|1|[{k=x, v=15}]", "2|2|-", "3|3|-"]);
        await lake.RunAsync("ALTER TABLE t DROP PARTITION (dt = '3')");
        await lake.RunAsync("ALTER TABLE t ADD COLUMNS (later double)");
        (await lake.RowsAsync("SELECT count(*), max(later) FROM t WHERE dt = '2'")).ShouldBe(["1|-"]);
        (await lake.RowsAsync("DESCRIBE t"))[0].ShouldStartWith("id                  |int");
        string.Join('\n', await lake.RowsAsync("SHOW CREATE TABLE t")).ShouldContain("PARTITIONED BY");
        await lake.RunAsync("DROP TABLE t");
        (await Aws.FailureAsync("DROP TABLE t", lake.Output, lake.Database)).ShouldContain("Table not found");
        await lake.RunAsync("DROP DATABASE {0}");
    }

    [Fact]
    public async Task CreateTableAs_WhenPartitioned_WritesPartitionsThatInsertExtends()
    {
        var lake = await LakeAsync();
        await lake.RunAsync("CREATE TABLE c WITH (format = 'PARQUET', write_compression = 'SNAPPY', external_location = 's3://{1}/c/', partitioned_by = ARRAY['p']) AS SELECT * FROM (VALUES (1, 'x'), (2, 'y')) v(a, p)");
        var insert = await Aws.RunAsync("INSERT INTO c SELECT 3, 'y' UNION ALL SELECT 4, 'z'", lake.Output, lake.Database);
        var results = await Aws.AthenaAsync("GetQueryResults", new() { ["QueryExecutionId"] = (string)insert["QueryExecutionId"]! });

        (await lake.RowsAsync("SELECT a, p FROM c ORDER BY a")).ShouldBe(["1|x", "2|y", "3|y", "4|z"]);
        (await lake.RowsAsync("SHOW PARTITIONS c")).ShouldBe(["p=x", "p=y", "p=z"]);
        ((long)results["UpdateCount"]!, (string)insert["StatementType"]!).ShouldBe((2, "DML"));
        (await Aws.FailureAsync("CREATE TABLE c AS SELECT 1 AS a", lake.Output, lake.Database)).ShouldStartWith("TABLE_ALREADY_EXISTS");
        await lake.RunAsync("CREATE TABLE plain AS SELECT 1 AS a, TIMESTAMP '2024-01-02 03:04:05' AS t");
        await lake.RunAsync("INSERT INTO plain (t) VALUES (TIMESTAMP '2025-01-02 03:04:05')");
        (await lake.RowsAsync("SELECT * FROM plain ORDER BY t")).ShouldBe(["1|2024-01-02 03:04:05.000", "-|2025-01-02 03:04:05.000"]);
    }

    [Fact]
    public async Task CreateView_OverAnotherView_IsStoredInPrestoFormatAndExpanded()
    {
        var lake = await LakeAsync();
        await lake.RunAsync("CREATE TABLE base AS SELECT * FROM (VALUES 1, 2, 3) v(n)");
        await lake.RunAsync("CREATE VIEW big AS SELECT n FROM base WHERE n > 1");
        await lake.RunAsync("CREATE OR REPLACE VIEW biggest AS SELECT max(n) AS n FROM {0}.big");

        (await lake.RowsAsync("SELECT n FROM biggest")).ShouldBe(["3"]);
        (await lake.RowsAsync("SHOW VIEWS IN {0}")).ShouldBe(["big", "biggest"]);
        var view = (await Aws.GlueAsync("GetTable", new() { ["DatabaseName"] = lake.Database, ["Name"] = "big" }))["Table"]!;
        ((string)view["TableType"]!, (string)view["Parameters"]!["presto_view"]!).ShouldBe(("VIRTUAL_VIEW", "true"));
        ((string)view["ViewOriginalText"]!).ShouldStartWith("/* Presto View: ");
        await lake.RunAsync("DROP VIEW big");
        (await Aws.FailureAsync("SELECT n FROM biggest", lake.Output, lake.Database)).ShouldStartWith("TABLE_NOT_FOUND");
    }

    [Fact]
    public async Task Parameters_WhenTheyContainSql_AreTreatedAsValues()
    {
        var lake = await LakeAsync();
        await lake.RunAsync("PREPARE p FROM SELECT n FROM (VALUES 1, 2, 3) v(n) WHERE n > ? AND 'a''b' = ?");
        (await lake.RowsAsync("EXECUTE p USING 1, 'a''b'")).ShouldBe(["2", "3"]);
        (await Aws.FailureAsync("EXECUTE p USING (SELECT 1), 'x'", lake.Output)).ShouldStartWith("SYNTAX_ERROR");
        await lake.RunAsync("DEALLOCATE PREPARE p");
        (await Aws.FailureAsync("EXECUTE p USING 1, 'a'", lake.Output)).ShouldStartWith("NOT_FOUND");

        (await WithParametersAsync("SELECT ?, ?, ?", "1", "'x''y'", "x') OR 1=1 --")).ShouldBe("1|x'y|x') OR 1=1 --");

        async Task<string> WithParametersAsync(string sql, params string[] parameters)
        {
            var id = (string)(await Aws.AthenaAsync("StartQueryExecution", new()
            {
                ["QueryString"] = sql,
                ["ExecutionParameters"] = new JsonArray([.. parameters.Select(p => (JsonNode)p)]),
                ["ResultConfiguration"] = new JsonObject { ["OutputLocation"] = lake.Output },
            }))["QueryExecutionId"]!;
            await Aws.EndAsync(id);
            return Queries.Text((await Aws.ResultAsync(id))[1]);
        }
    }

    [Fact]
    public async Task InformationSchema_WhenQueried_DescribesTheCatalog()
    {
        var lake = await LakeAsync();
        await lake.RunAsync("CREATE TABLE t AS SELECT 1 AS a, 'x' AS b");

        (await lake.RowsAsync("SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = '{0}' ORDER BY ordinal_position")).ShouldBe(["a|integer", "b|varchar"]);
        (await lake.RowsAsync("SELECT table_name, table_type FROM information_schema.tables WHERE table_schema = '{0}'")).ShouldBe(["t|BASE TABLE"]);
        (await lake.RowsAsync("SHOW DATABASES LIKE '{0}'")).ShouldBe([lake.Database]);
        var metadata = (await Aws.AthenaAsync("GetTableMetadata", new() { ["CatalogName"] = "AwsDataCatalog", ["DatabaseName"] = lake.Database, ["TableName"] = "t" }))["TableMetadata"]!;
        metadata["Columns"]!.AsArray().Select(c => (string)c!["Type"]!).ShouldBe(["int", "string"]);
        (await Should.ThrowAsync<AwsCallException>(() => Aws.AthenaAsync("GetTableMetadata", new() { ["CatalogName"] = "AwsDataCatalog", ["DatabaseName"] = lake.Database, ["TableName"] = "u" }))).Code.ShouldBe("MetadataException");
    }

    [Fact]
    public async Task WorkGroup_WhenItEnforcesItsConfiguration_DeterminesTheOutputLocation()
    {
        var bucket = await Aws.BucketAsync();
        var name = $"w{Guid.NewGuid():N}";
        await Aws.AthenaAsync("CreateWorkGroup", new()
        {
            ["Name"] = name,
            ["Configuration"] = new JsonObject { ["EnforceWorkGroupConfiguration"] = true, ["ResultConfiguration"] = new JsonObject { ["OutputLocation"] = $"s3://{bucket}/group/" } },
        });
        var id = (string)(await Aws.AthenaAsync("StartQueryExecution", new() { ["QueryString"] = "SELECT 1", ["WorkGroup"] = name, ["ResultConfiguration"] = new JsonObject { ["OutputLocation"] = $"s3://{bucket}/mine/" } }))["QueryExecutionId"]!;

        ((string)(await Aws.EndAsync(id))["ResultConfiguration"]!["OutputLocation"]!).ShouldBe($"s3://{bucket}/group/{id}.csv");
        (await Aws.AthenaAsync("ListQueryExecutions", new() { ["WorkGroup"] = name }))["QueryExecutionIds"]!.AsArray().Select(i => (string)i!).ShouldBe([id]);
        (await Aws.AthenaAsync("ListWorkGroups"))["WorkGroups"]!.AsArray().Select(g => (string)g!["Name"]!).ShouldContain("primary");
        ((double)(await Aws.AthenaAsync("GetWorkGroup", new() { ["WorkGroup"] = "primary" }))["WorkGroup"]!["CreationTime"]!).ShouldBeGreaterThan(1.7e9);
        (await Should.ThrowAsync<AwsCallException>(() => Aws.AthenaAsync("GetWorkGroup", new() { ["WorkGroup"] = "none" }))).Code.ShouldBe("InvalidRequestException");
    }

    private sealed record StatementLake(AwsFixture Aws, string Bucket, string Database)
    {
        public string Output => $"s3://{Bucket}/r/";

        public Task<List<string>> RowsAsync(string sql) => Aws.RowsAsync(Fill(sql), Output, Database);

        public Task RunAsync(string sql) => RowsAsync(sql);

        private string Fill(string sql) => sql.Replace("{0}", Database, StringComparison.Ordinal).Replace("{1}", Bucket, StringComparison.Ordinal);
    }

    private async Task<StatementLake> LakeAsync() => new(Aws, await Aws.BucketAsync(), await Aws.DatabaseAsync());
}
