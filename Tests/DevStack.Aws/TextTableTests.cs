using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Stedi.DevStack.Aws.Athena.Engine;

namespace Stedi.DevStack.Aws.Tests;

/// <summary>A text table gives every line of every file, as Trino's text reader does.</summary>
public sealed class TextTableTests(SharedAws shared) : AwsTest(shared)
{
    private const string Csv = "org.apache.hadoop.hive.serde2.OpenCSVSerde";

    // A column of text is compared as hexadecimal digits, so that no byte is lost on the way here.
    private const string Hex = "SELECT to_hex(to_utf8(line)) FROM t ORDER BY 1";

    private static readonly byte[][] Parts = [[(byte)'a'], [(byte)'\n'], [(byte)'\r'], [0xEF, 0xBB, 0xBF], [0xE9], [0xF0, 0x9F, 0x98, 0x80], [0xF0, 0x9F], [0xED, 0xA0, 0xBD], [0]];

    public static TheoryData<string, string[]> Texts => new()
    {
        { "a\nb\n", ["a", "b"] },
        { "a\nb", ["a", "b"] },
        { "a\r\nb\r\n", ["a", "b"] },
        { "a\rb\r", ["a", "b"] },
        { "a\rb", ["a", "b"] },
        { "a\nb\r\nc\rd\n\re", ["a", "b", "c", "d", "", "e"] },
        { "\na\n\n\nb\n\n", ["", "a", "", "", "b", ""] },
        { "\r\na\r\n\r\n", ["", "a", ""] },
        { "\n", [""] },
        { "\r", [""] },
        { "\n\n\n", ["", "", ""] },
        { " \n\t\n", [" ", "\t"] },
        { "\uFEFFa\nb\n", ["a", "b"] },
        { "\uFEFFa\r\n\r\n", ["a", ""] },
        { "a\n\uFEFFb\n", ["a", "\uFEFFb"] },
        { "\uFEFF", [] },
        { "\uFEFF\n", [""] },
        { "\uFEFF\r\na\r\n", ["", "a"] },
        { "\0\na\0b\0\n", ["\0", "a\0b\0"] },
        { "\0\n\n\0", ["\0", "", "\0"] },
        { "\"\nit's, |;\t\u0001\\\\n\n#x\nNULL\n", ["\"", "it's, |;\t\u0001\\\\n", "#x", "NULL"] },
        { "a\u2028b\u0085c\u000Bd\u000C\n\U0001F600\n", ["a\u2028b\u0085c\u000Bd\u000C", "\U0001F600"] },
        { "|a\n\n|\n", ["|a", "", "|"] },
        { "\\N\nx\n", ["\\N", "x"] },
    };

    public static TheoryData<string, string> InvalidBytes => new()
    {
        { "78 C0 80", "x\uFFFD\uFFFD" },
        { "78 ED A0 BD", "x\uFFFD" },
        { "78 ED A0 BD 79", "x\uFFFDy" },
        { "78 ED A0 22", "x\uFFFD\"" },
        { "78 E2 82 22", "x\uFFFD\"" },
        { "78 E2 82", "x\uFFFD" },
        { "63 61 66 E9", "caf\uFFFD" },
        { "4F 92 4E", "O\uFFFDN" },
        { "F0 9F 98", "\uFFFD" },
        { "F0 9F 98 F0 9F 98 80", "\uFFFD\U0001F600" },
        { "E0 80 80", "\uFFFD\uFFFD\uFFFD" },
        { "F4 90 80 80", "\uFFFD\uFFFD\uFFFD\uFFFD" },
        { "F0 80 80", "\uFFFD\uFFFD\uFFFD" },
        { "FF FE 61 00", "\uFFFD\uFFFDa\0" },
        { "C3 A9 E9 C3 A9", "\u00E9\uFFFD\u00E9" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Lines_OfAnyLineEnds_AreAllRead(string text, string[] lines)
    {
        var (bucket, database) = await LinesAsync(("1.txt", Encoding.UTF8.GetBytes(text)));

        (await RowsAsync(Hex, database, bucket)).ShouldBe(lines.Select(InHex).Order(StringComparer.Ordinal));
        (await RowsAsync("SELECT count(*), count(line), count(DISTINCT \"$path\") FROM t", database, bucket)).ShouldBe([$"{lines.Length}|{lines.Length}|{Math.Min(1, lines.Length)}"]);
    }

    [Theory]
    [MemberData(nameof(InvalidBytes))]
    public async Task Lines_WithBytesThatAreNotUtf8_HaveReplacementCharactersAsInJava(string bytes, string line)
    {
        var (bucket, database) = await LinesAsync(("1.txt", [.. "first\n"u8, .. Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal)), .. "\nlast"u8]));

        (await RowsAsync(Hex, database, bucket)).ShouldBe(new[] { "first", line, "last" }.Select(InHex).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Lines_OfFilesOfAllKinds_AreThoseOfTheirFiles()
    {
        var (bucket, database) = await LinesAsync(
            ("lf.txt", "a\nb\n"u8.ToArray()), ("crlf.txt", "a\r\nb\r\nc\r\n"u8.ToArray()), ("cr.txt", "a\r"u8.ToArray()), ("blank.txt", "\n\n\na\n"u8.ToArray()),
            ("latin1.txt", [0xE9, (byte)'\n']), ("zipped.txt.gz", Gzip("a\n\nb"u8)), ("UPPER.GZ", "a\nb\nc\nd\ne\n"u8.ToArray()), ("_hidden.txt", "a\n"u8.ToArray()));

        (await RowsAsync("SELECT \"$path\", count(*), count(line) FROM t GROUP BY 1 ORDER BY 1", database, bucket))
            .ShouldBe(new[] { "UPPER.GZ|5|5", "blank.txt|4|4", "cr.txt|1|1", "crlf.txt|3|3", "latin1.txt|1|1", "lf.txt|2|2", "zipped.txt.gz|3|3" }.Select(row => $"s3://{bucket}/t/{row}"));
    }

    [Fact]
    public void LineCopy_WhereverItsReadsEnd_CopiesTheSameLines() => Gen.Int[0, Parts.Length - 1].Array[0, 40].Select(Gen.Int[1, 7]).Sample((parts, step) =>
    {
        byte[] text = [.. parts.SelectMany(part => Parts[part])];
        Copied(new Trickle(text, step)).ShouldBe(Copied(new MemoryStream(text)));
    });

    [Fact]
    public void LineScan_AroundBordersOfItsPieces_FindsWhatIsNotPlain()
    {
        var breaks = new Dictionary<string, LineEnds>
        {
            ["\n"] = LineEnds.LineFeed,
            ["\n\U0001F600"] = LineEnds.LineFeed,
            ["\U0001F600\n"] = LineEnds.LineFeed,
            ["\n\n"] = LineEnds.Other,
            ["\r"] = LineEnds.Other,
            ["\r\n"] = LineEnds.Other,
        };
        foreach (var (text, ends) in breaks)
        {
            for (var at = -6; at <= 2; at++)
            {
                Scan(new string('a', 100) + "\n" + new string('b', (512 << 10) + at - 101) + text + "c\nd").ShouldBe(ends, $"{text} at {at}");
                Scan(new string('a', 100) + "\r\n" + new string('b', (512 << 10) + at - 102) + text.Replace("\n", "\r\n", StringComparison.Ordinal) + "c\r\nd")
                    .ShouldBe(ends == LineEnds.LineFeed ? LineEnds.CarriageReturnLineFeed : LineEnds.Other, $"{text} at {at}");
            }
        }

        Scan(new string('a', 600 << 10) + "\n").ShouldBe(LineEnds.Other);
    }

    [Fact]
    public async Task Lines_OfALargeFile_AreAllReadWhetherCopiedOrNot()
    {
        var plain = string.Concat(Enumerable.Range(0, 400_000).Select(i => $"{{\"n\":{i},\"pad\":\"0123456789012345678901234567890123456789\"}}\n"));
        var (bucket, database) = await LinesAsync(
            ("lf.txt", Encoding.UTF8.GetBytes(plain)), ("crlf.txt", Encoding.UTF8.GetBytes(plain.Replace("\n", "\r\n", StringComparison.Ordinal))), ("copied.txt", Encoding.UTF8.GetBytes("\n" + plain)));

        (await RowsAsync("SELECT \"$path\", count(*), sum(CAST(json_extract_scalar(line, '$.n') AS bigint)), sum(length(line)) FROM t GROUP BY 1 ORDER BY 1", database, bucket))
            .ShouldBe(new[] { ("copied", 1), ("crlf", 0), ("lf", 0) }.Select(file => $"s3://{bucket}/t/{file.Item1}.txt|{400_000 + file.Item2}|{400_000L * 399_999 / 2}|{plain.Length - 400_000}"));
    }

    [Fact]
    public async Task Line_OfUpTo64MiB_IsReadAndALongerOneFailsByName()
    {
        var longest = new byte[64 << 20];
        longest.AsSpan().Fill((byte)'x');
        longest[^1] = 0xE9;
        var (bucket, database) = await LinesAsync(("1.txt", [.. "a\n"u8, .. longest, .. "\nb\n"u8]), ("2.txt", "c\n"u8.ToArray()));

        (await RowsAsync("SELECT count(*), max(length(line)), count_if(line LIKE '%' || chr(65533)) FROM t", database, bucket)).ShouldBe([$"4|{longest.Length}|1"]);

        await PutAsync(bucket, "t/3.txt", [.. longest, .. "x\n"u8]);
        (await Aws.FailureAsync("SELECT count(*) FROM t", $"s3://{bucket}/r/", database)).ShouldBe($"HIVE_CURSOR_ERROR: the file s3://{bucket}/t/3.txt has a line of more than 64 MiB: put line ends into it, or remove the file");
    }

    [Fact]
    public async Task NullFormat_AsALine_IsTheOnlyNull()
    {
        var (bucket, database) = await LinesAsync(("1.txt", "\\N\n\nNULL\nnothing\n"u8.ToArray()));
        await TableAsync(database, "backslash", bucket, Queries.TextLines, new() { ["field.delim"] = "\n" }, [], "line:string");
        await TableAsync(database, "word", bucket, Queries.TextLines, new() { ["field.delim"] = "\n", ["serialization.null.format"] = "nothing" }, [], "line:string");

        (await RowsAsync("SELECT line FROM backslash ORDER BY line NULLS FIRST", database, bucket)).ShouldBe(["-", "", "NULL", "nothing"]);
        (await RowsAsync("SELECT line FROM word ORDER BY line NULLS FIRST", database, bucket)).ShouldBe(["-", "", "NULL", "\\N"]);
    }

    [Fact]
    public async Task DelimitedTable_WithMissingAndFurtherFields_ReadsEveryLine()
    {
        var (bucket, database) = await LinesAsync(("1.txt", "id;name\n1;one\n2;two;too;many\n\n3\n4;\\N\nx;\"y\r\n5;caf"u8.ToArray().Append((byte)0xE9).ToArray()));
        await TableAsync(database, "d", bucket, Queries.TextLines, new() { ["field.delim"] = ";" }, new() { ["skip.header.line.count"] = "1" }, "id:int", "name:string");
        await TableAsync(database, "by_code", bucket, Queries.TextLines, new() { ["serialization.format"] = "59" }, [], "id:string");

        (await RowsAsync("SELECT id, name FROM d ORDER BY id, name", database, bucket)).ShouldBe(["1|one", "2|two", "3|-", "4|-", "5|caf\uFFFD", "-|\"y", "-|-"]);
        (await RowsAsync("SELECT id FROM by_code ORDER BY id", database, bucket)).ShouldBe(["", "1", "2", "3", "4", "5", "id", "x"]);
    }

    [Fact]
    public async Task CsvTable_WithQuotesAndAnyNumberOfFields_ReadsEveryLine()
    {
        var (bucket, database) = await LinesAsync(("1.csv", Encoding.UTF8.GetBytes("1,\"a, b\"\r\n2,\"say \"\"hi\"\"\",more\r\n3,\"back\\\"slash\"\r\n\r\n4,\r\n5\r\n6,\"open\r\n7, x\"y\"z\n")));
        await TableAsync(database, "c", bucket, Csv, [], [], "id:int", "name:string");
        await TableAsync(database, "p", bucket, Csv, new() { ["separatorChar"] = "|", ["quoteChar"] = "'" }, [], "all:string");

        (await RowsAsync("SELECT id, name FROM c ORDER BY id", database, bucket)).ShouldBe(["1|a, b", "2|say \"hi\"", "3|back\"slash", "4|", "5|-", "6|-", "7| x\"y\"z", "-|-"]);
        (await RowsAsync("SELECT count(*), count_if(\"all\" LIKE '6,\"%') FROM p", database, bucket)).ShouldBe(["8|1"]);
    }

    private static byte[] Copied(Stream content)
    {
        using var output = new MemoryStream();
        LineCopy.Write(content, output, new LineReader("|", SkipsByteOrderMark: true), () => { });
        return output.ToArray();
    }

    private static LineEnds Scan(string text) => LineScan.Scan(new MemoryStream(Encoding.UTF8.GetBytes(text)), allowsByteOrderMark: true, () => { });

    private static string InHex(string line) => Convert.ToHexString(Encoding.UTF8.GetBytes(line));

    private static byte[] Gzip(ReadOnlySpan<byte> content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return compressed.ToArray();
    }

    private async Task<(string Bucket, string Database)> LinesAsync(params (string Key, byte[] Content)[] files)
    {
        var (bucket, database) = (await Aws.BucketAsync(), await Aws.DatabaseAsync());
        foreach (var (key, content) in files)
        {
            await PutAsync(bucket, $"t/{key}", content);
        }

        await TableAsync(database, "t", bucket, Queries.TextLines, new() { ["field.delim"] = "\n", ["serialization.null.format"] = "\u0001none" }, [], "line:string");
        return (bucket, database);
    }

    private Task PutAsync(string bucket, string key, byte[] content) =>
        Aws.S3.PutObjectAsync(new() { BucketName = bucket, Key = key, InputStream = new MemoryStream(content) }, Cancellation);

    private Task TableAsync(string database, string name, string bucket, string serde, JsonObject serdeParameters, JsonObject parameters, params string[] columns) =>
        Aws.GlueAsync("CreateTable", new()
        {
            ["DatabaseName"] = database,
            ["TableInput"] = new JsonObject
            {
                ["Name"] = name,
                ["TableType"] = "EXTERNAL_TABLE",
                ["Parameters"] = parameters,
                ["StorageDescriptor"] = new JsonObject
                {
                    ["Location"] = $"s3://{bucket}/t/",
                    ["Columns"] = new JsonArray([.. columns.Select(c => c.Split(':')).Select(c => new JsonObject { ["Name"] = c[0], ["Type"] = c[1] })]),
                    ["SerdeInfo"] = new JsonObject { ["SerializationLibrary"] = serde, ["Parameters"] = serdeParameters },
                },
            },
        });

    private Task<List<string>> RowsAsync(string sql, string database, string bucket) => Aws.RowsAsync(sql, $"s3://{bucket}/r/", database);

    /// <summary>Gives a few bytes per read.</summary>
    private sealed class Trickle(byte[] content, int step) : MemoryStream(content)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(step, buffer.Length)]);
    }
}
