using System.IO.Compression;
using System.Text;

namespace Stedi.DevStack.Aws.Tests;

public sealed class AthenaTableTests(SharedAws shared) : AwsTest(shared)
{
    [Fact]
    public async Task JsonTable_WhenLinesAreIrregular_ReadsThemAsTheOpenXSerDe()
    {
        var (bucket, database) = await LakeAsync();
        await Aws.PutAsync(bucket, "t/1.json", """
            {"Id":1,"text":"a","num":1.5,"nested":{"x":[1, 2]},"flag":true,"big":9007199254740993}
            not json
            [1,2]
            "text"
            {"ID":"2","TEXT":null,"num":"2.5"}
            {"id":"1.5","text":7,"num":"x","flag":"true","unknown":1}

            """);
        await Aws.PutAsync(bucket, "t/_hidden.json", """{"id":99}""");
        await Aws.PutAsync(bucket, "t/.also/x.json", """{"id":98}""");
        await Aws.TableAsync(database, "t", $"s3://{bucket}/t/", Queries.Json, "id:int", "text:string", "num:double", "nested:string", "flag:boolean", "big:bigint");

        var rows = await RowsAsync("SELECT * FROM t", database, bucket);

        rows.Order(StringComparer.Ordinal).ShouldBe(new[]
        {
            "1|a|1.5|{\"x\":[1,2]}|true|9007199254740993",
            "-|-|-|-|-|-",
            "-|-|-|-|-|-",
            "-|-|-|-|-|-",
            "2|-|2.5|-|-|-",
            "-|7|-|-|true|-",
        }.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task JsonTable_WhenALineRepeatsAKeyInAnyCase_ReadsNulls()
    {
        var (bucket, database) = await LakeAsync();
        var valid = string.Concat(Enumerable.Repeat("{\"a\":1,\"b\":2}\n", 3000));
        await Aws.PutAsync(bucket, "t/1.json", valid + "{\"a\":5,\"b\":2,\"a\":6}\n{\"a\":7,\"A\":8}\n{\"a\":9,\"c\":0,\"C\":0}\n{\"b\":10,\"c\":{\"d\":1}}\n");
        await Aws.TableAsync(database, "t", $"s3://{bucket}/t/", Queries.Json, "a:int", "b:int");

        (await RowsAsync("SELECT a, b, count(*) FROM t GROUP BY 1, 2 ORDER BY 1, 2", database, bucket)).ShouldBe(["1|2|3000", "-|10|1", "-|-|3"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Table_WhenAFileStartsWithAByteOrderMark_SkipsIt(bool compressed)
    {
        var (bucket, database) = await LakeAsync();
        byte[] marked = [0xEF, 0xBB, 0xBF, .. "{\"a\":1}\r\n{\"a\":2}\r\n"u8];
        var key = compressed ? "t/1.json.gz" : "t/1.json";
        await Aws.S3.PutObjectAsync(new() { BucketName = bucket, Key = key, InputStream = new MemoryStream(compressed ? Compress(marked) : marked) }, Cancellation);
        await Aws.PutAsync(bucket, "t/2.json", "{\"a\":3}\n");
        await Aws.TableAsync(database, "json", $"s3://{bucket}/t/", Queries.Json, "a:int");
        await Aws.TableAsync(database, "text", $"s3://{bucket}/t/", Queries.TextLines, "line:string");

        (await RowsAsync("SELECT a, \"$path\" FROM json ORDER BY a", database, bucket)).ShouldBe([$"1|s3://{bucket}/{key}", $"2|s3://{bucket}/{key}", $"3|s3://{bucket}/t/2.json"]);
        (await RowsAsync("SELECT length(line), line FROM text ORDER BY line", database, bucket)).ShouldBe(["7|{\"a\":1}", "7|{\"a\":2}", "7|{\"a\":3}"]);

        static byte[] Compress(byte[] bytes)
        {
            using var stream = new MemoryStream();
            using (var gzip = new GZipStream(stream, CompressionLevel.Fastest))
            {
                gzip.Write(bytes);
            }

            return stream.ToArray();
        }
    }

    [Fact]
    public async Task JsonTable_WhenKeyCaseChangesLateInAFile_ReadsTheValue()
    {
        var (bucket, database) = await LakeAsync();
        var lines = new StringBuilder();
        for (var i = 0; i < 5000; i++)
        {
            lines.Append("{\"shareDate\":1,\"pad\":\"0123456789\"}\n");
        }

        lines.Append("{\"SHAREDATE\":2}\n{\"pad\":\"sharedate\"}\n{\"a/~b\":3}\n{\"A/~B\":4}\n");
        await Aws.PutAsync(bucket, "t/1.json", lines.ToString());
        await Aws.TableAsync(database, "t", $"s3://{bucket}/t/", Queries.Json, "sharedate:bigint", "a/~b:bigint");

        (await RowsAsync("SELECT sharedate, \"a/~b\", count(*) FROM t GROUP BY 1, 2 ORDER BY 1, 2", database, bucket)).ShouldBe(["1|-|5000", "2|-|1", "-|3|1", "-|4|1", "-|-|1"]);
    }

    [Fact]
    public async Task TryCast_WhenPushedIntoTheJsonReader_ReturnsTheSameAsWithoutPushdown()
    {
        var (bucket, database) = await LakeAsync();
        string[] tokens = ["12", "-12", "-0", "1.5", "12.0", "1e3", "true", "null", "\"12\"", "\" 12 \"", "\"1_0\"", "\"0x10\"", "\"nan\"", "\"NaN\"", "\"1d\"", "\"x\"", "99999999999999999999", "9007199254740993", "3000000000", "{\"n\":12}", "[12]"];
        await Aws.PutAsync(bucket, "t/1.json", string.Join('\n', tokens.Select((t, i) => $"{{\"i\":{i},\"n\":{t},\"s\":\"a\"}}")) + "\n{\"i\":100}\nnot json\n{\"i\":101,\"N\":7}\n{\"i\": 102, \"n\": 8 }\n");
        await Aws.TableAsync(database, "t", $"s3://{bucket}/t/", Queries.Json, "i:int", "n:string", "s:string");

        // The same casts in a query that is eligible for the pushdown and in one that is not.
        const string Casts = "i, try_cast(n AS bigint), try_cast(n AS bigint) IS NULL, n IS NULL";
        var (pushed1, evaluated1) = (await RowsAsync($"SELECT {Casts} FROM t ORDER BY i", database, bucket), await RowsAsync($"WITH c AS (SELECT * FROM t) SELECT {Casts} FROM c ORDER BY i", database, bucket));
        var doubles = Casts.Replace("bigint", "double", StringComparison.Ordinal);
        var (pushed2, evaluated2) = (await RowsAsync($"SELECT {doubles} FROM t ORDER BY i", database, bucket), await RowsAsync($"WITH c AS (SELECT * FROM t) SELECT {doubles} FROM c ORDER BY i", database, bucket));
        var integers = Casts.Replace("bigint", "integer", StringComparison.Ordinal);
        var (pushed3, evaluated3) = (await RowsAsync($"SELECT {integers} FROM t ORDER BY i", database, bucket), await RowsAsync($"WITH c AS (SELECT * FROM t) SELECT {integers} FROM c ORDER BY i", database, bucket));

        pushed1.ShouldBe(evaluated1);
        pushed2.ShouldBe(evaluated2);
        pushed3.ShouldBe(evaluated3);
        pushed1[..6].ShouldBe(["0|12|false|false", "1|-12|false|false", "2|0|false|false", "3|-|true|false", "4|-|true|false", "5|-|true|false"]);
        pushed1.Count.ShouldBe(tokens.Length + 4);
    }

    [Fact]
    public async Task JsonTable_WhenALineIsHuge_ReadsUpTo20MBAndFailsBeyondTheLimit()
    {
        var (bucket, database) = await LakeAsync();
        await Aws.PutAsync(bucket, "t/1.json", $"{{\"a\":1}}\n{{\"a\":2,\"pad\":\"{new string('x', 20 << 20)}\"}}\n{{\"a\":3}}\n");
        await Aws.PutAsync(bucket, "u/1.json", $"{{\"a\":2,\"pad\":\"{new string('x', 40 << 20)}\"}}\n");
        await Aws.TableAsync(database, "t", $"s3://{bucket}/t/", Queries.Json, "a:int");
        await Aws.TableAsync(database, "u", $"s3://{bucket}/u/", Queries.Json, "a:int");

        (await RowsAsync("SELECT sum(a) FROM t", database, bucket)).ShouldBe(["6"]);
        (await Aws.FailureAsync("SELECT sum(a) FROM u", $"s3://{bucket}/r/", database)).ShouldStartWith("HIVE_CURSOR_ERROR");
    }

    [Fact]
    public async Task PathColumn_WhenSelected_NamesTheObjectAndIsNotPartOfStar()
    {
        var (bucket, database) = await LakeAsync();
        await Aws.PutAsync(bucket, "t/dt=1/b c.json", """{"a":1}""");
        await Aws.TableAsync(database, "t", $"s3://{bucket}/t/", Queries.Json, "a:int");

        (await RowsAsync("SELECT * FROM t", database, bucket)).ShouldBe(["1"]);
        (await RowsAsync("SELECT \"$path\", * FROM t WHERE \"$path\" LIKE '%/t/%'", database, bucket)).ShouldBe([$"s3://{bucket}/t/dt=1/b c.json|1"]);
        (await RowsAsync("SELECT x.a, x.\"$path\" FROM t x JOIN t y ON x.\"$path\" = y.\"$path\"", database, bucket)).ShouldBe([$"1|s3://{bucket}/t/dt=1/b c.json"]);
    }

    [Theory]
    [InlineData(Queries.Json)]
    [InlineData(Queries.Parquet)]
    [InlineData(Queries.TextLines)]
    public async Task Table_WhenPrefixHasNoFiles_IsEmpty(string serde)
    {
        var (bucket, database) = await LakeAsync();
        await Aws.PutAsync(bucket, "t/empty", "");
        await Aws.TableAsync(database, "t", $"s3://{bucket}/t/", serde, "a:int", "b:array<struct<c:string>>");
        await Aws.TableAsync(database, "u", "s3://there-is-no-such-bucket/u/", serde, "a:int");

        (await RowsAsync("SELECT count(*), max(a), max(\"$path\") FROM t", database, bucket)).ShouldBe(["0|-|-"]);
        (await RowsAsync("SELECT * FROM u", database, bucket)).ShouldBeEmpty();
    }

    [Fact]
    public async Task JsonTable_WithGzipAndUncompressedFiles_ReadsBoth()
    {
        var (bucket, database) = await LakeAsync();
        using var zipped = new MemoryStream();
        await using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write("{\"a\":1}\n{\"a\":2}\n"u8);
        }

        await Aws.S3.PutObjectAsync(new() { BucketName = bucket, Key = "t/x.json.gz", InputStream = new MemoryStream(zipped.ToArray()) }, Cancellation);
        await Aws.PutAsync(bucket, "t/y.json", "{\"a\":3}");
        await Aws.TableAsync(database, "t", $"s3://{bucket}/t/", Queries.Json, "a:int");

        (await RowsAsync("SELECT sum(a) FROM t", database, bucket)).ShouldBe(["6"]);
    }

    [Fact]
    public async Task Unload_AsParquet_WritesTypedColumnsThatATableReads()
    {
        var (bucket, database) = await LakeAsync();
        var execution = await Aws.RunAsync($"UNLOAD (SELECT a AS Id, sum(b) AS total, 'x' AS t FROM (VALUES (1, 2), (1, 3), (2, 5)) v(a, b) GROUP BY a) TO 's3://{bucket}/out' WITH (format = 'PARQUET', compression = 'zstd')", $"s3://{bucket}/r/");
        ((string)execution["Status"]!["State"]!).ShouldBe("SUCCEEDED", (string?)execution["Status"]!["StateChangeReason"]);
        await Aws.TableAsync(database, "t", $"s3://{bucket}/out/", Queries.Parquet, "id:int", "total:bigint", "t:string", "later:double");

        (await RowsAsync("SELECT * FROM t ORDER BY id", database, bucket)).ShouldBe(["1|5|x|-", "2|5|x|-"]);
        var manifest = (string)execution["Statistics"]!["DataManifestLocation"]!;
        File.ReadAllText(Path.Combine(Aws.Lake, manifest["s3://".Length..])).ShouldStartWith($"s3://{bucket}/out/{(string)execution["QueryExecutionId"]!}");
        var again = await Aws.FailureAsync($"UNLOAD (SELECT 1 AS a) TO 's3://{bucket}/out/' WITH (format = 'PARQUET')", $"s3://{bucket}/r/");
        again.ShouldStartWith("HIVE_PATH_ALREADY_EXISTS");
        var results = await Aws.AthenaAsync("GetQueryResults", new() { ["QueryExecutionId"] = (string)execution["QueryExecutionId"]! });
        ((long)results["UpdateCount"]!).ShouldBe(2);
    }

    [Fact]
    public async Task Unload_WhenQueryIsOrdered_KeepsTheOrderOfManyRows()
    {
        var (bucket, _) = await LakeAsync();
        const string Numbers = "SELECT (x * 1000 + y) * 7919 % 1000003 AS n FROM UNNEST(sequence(1, 400)) a(x) CROSS JOIN UNNEST(sequence(1, 1000)) b(y)";
        await Aws.RunAsync($"UNLOAD ({Numbers} ORDER BY n DESC) TO 's3://{bucket}/out/' WITH (format = 'TEXTFILE', compression = 'NONE')", $"s3://{bucket}/r/");

        var rows = File.ReadLines(Directory.GetFiles(Path.Combine(Aws.Lake, bucket, "out")).ShouldHaveSingleItem()).Select(long.Parse).ToList();
        rows.Count.ShouldBe(400_000);
        rows.ShouldBe(rows.OrderDescending());
    }

    [Fact]
    public async Task Unload_WhenQueryReturnsNoRows_LeavesAReadableEmptyTable()
    {
        var (bucket, database) = await LakeAsync();
        await Aws.RunAsync($"UNLOAD (SELECT a FROM (VALUES 1) v(a) WHERE a > 1) TO 's3://{bucket}/out/' WITH (format = 'PARQUET', compression = 'zstd')", $"s3://{bucket}/r/");
        await Aws.TableAsync(database, "t", $"s3://{bucket}/out/", Queries.Parquet, "a:int");

        (await RowsAsync("SELECT count(*) FROM t", database, bucket)).ShouldBe(["0"]);
    }

    [Fact]
    public async Task DataScannedInBytes_ForJsonAndParquet_CountsFilesAndReadColumns()
    {
        var (bucket, database) = await LakeAsync();
        await Aws.PutAsync(bucket, "t/1.json", "{\"a\":1}\n");
        await Aws.TableAsync(database, "t", $"s3://{bucket}/t/", Queries.Json, "a:int");
        await Aws.RunAsync($"UNLOAD (SELECT x, CAST(x AS varchar) AS s FROM UNNEST(sequence(1, 10000)) u(x)) TO 's3://{bucket}/p/' WITH (format = 'PARQUET')", $"s3://{bucket}/r/");
        await Aws.TableAsync(database, "p", $"s3://{bucket}/p/", Queries.Parquet, "x:bigint", "s:string");

        (await ScannedAsync("SELECT a FROM t")).ShouldBe(8);
        var (none, one, both) = (await ScannedAsync("SELECT count(*) FROM p"), await ScannedAsync("SELECT max(x) FROM p"), await ScannedAsync("SELECT * FROM p"));
        none.ShouldBe(0);
        one.ShouldBeInRange(1, both - 1);

        async Task<long> ScannedAsync(string sql) => (long)(await Aws.RunAsync(sql, $"s3://{bucket}/r/", database))["Statistics"]!["DataScannedInBytes"]!;
    }

    [Fact]
    public async Task TextTable_WhenBytesAreNotUtf8_ReturnsEveryLine()
    {
        var (bucket, database) = await LakeAsync();
        await Aws.S3.PutObjectAsync(new() { BucketName = bucket, Key = "t/1", InputStream = new MemoryStream([.. "one, \"two\r\n"u8, 0xFF, 0xFE, .. "\nthree\t\n"u8]) }, Cancellation);
        await Aws.TableAsync(database, "t", $"s3://{bucket}/t/", Queries.TextLines, "line:string");

        (await RowsAsync("SELECT count(*), count_if(line LIKE '%two%'), count_if(line LIKE 'three%') FROM t", database, bucket)).ShouldBe(["3|1|1"]);
    }

    private async Task<(string Bucket, string Database)> LakeAsync() => (await Aws.BucketAsync(), await Aws.DatabaseAsync());

    private Task<List<string>> RowsAsync(string sql, string database, string bucket) => Aws.RowsAsync(sql, $"s3://{bucket}/r/", database);
}
