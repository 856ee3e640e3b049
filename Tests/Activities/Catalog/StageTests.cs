using System.Text;
using Amazon.S3.Model;
using Stedi.Temporal.Activities.Athena;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows.Contracts;

namespace Stedi.Temporal.Activities.Tests.Catalog;

/// <summary>Staging and quarantine over files with every kind of line.</summary>
[Trait("Speed", "Slow")]
public sealed class StageTests(LocalLakes lakes)
{
    private const string Time = "1655564300000";

    private static readonly string[] Accepted =
    [
        $$"""{"user":"jane@x","timestamp":{{Time}},"x":1.5,"y":2,"z":-3}""",
        $$"""{"USER":"Amy@x","timeStamp":"{{Time}}","x":0,"y":0,"z":0,"extra":1},""",
    ];

    /// <summary>A line, and why it is rejected.</summary>
    private static readonly (string Line, string Reason)[] Rejected =
    [
        ("""{"user":"u@x","timestamp":"noon","x":1,"y":1,"z":1}""", "timestamp is not a time in milliseconds"),
        ("""{"user":"u@x","timestamp":9223372036854775808,"x":1,"y":1,"z":1}""", "timestamp is not a time in milliseconds"),
        ("""{"user":"u@x","timestamp":".1655564300000e13","x":1,"y":1,"z":1}""", "timestamp is not a time in milliseconds"),
        ($$"""{"timestamp":{{Time}},"x":1,"y":1,"z":1}""", "no user"),
        ($$"""{"user":"  ","timestamp":{{Time}},"x":1,"y":1,"z":1}""", "no user"),
        ($$"""{"user":null,"timestamp":{{Time}},"x":1,"y":1,"z":1}""", "no user"),
        ($$"""{"user":"u@x","timestamp":{{Time}},"x":1,"y":1}""", "no z"),
        ($$"""{"user":"u@x","timestamp":{{Time}},"x":"NaN","y":1,"z":1}""", "x is not a finite number"),
        ($$"""{"user":"u@x","timestamp":{{Time}},"x":1,"y":{{new string('9', 400)}},"z":1}""", "y is not a finite number"),
        ($$"""{"user":"u@x","timestamp":{{Time}},"x":1,"y":1,"z":"-{{new string('9', 400)}}"}""", "z is not a finite number"),
        ("not a document", "not one JSON object"),
        ("[1]", "not one JSON object"),
    ];

    [Fact]
    public async Task Stage_WithGoodAndBadLines_TypesTheGoodAndNamesWhatIsWrongWithTheBad()
    {
        var lake = await LandAsync();

        var staged = await StageAsync(lake, Guid.NewGuid());

        staged.Accepted.ShouldBe(2);
        staged.Rejected.ShouldBe(Rejected.Length);
        staged.Blank.ShouldBe(2);
        staged.RejectedBytes.ShouldBe(Rejected.Sum(line => line.Line.Length));
        staged.Bytes.ShouldBe(staged.RejectedBytes + Accepted.Sum(line => line.Length));
        staged.Files.ShouldBe(1);
        staged.RejectedFiles.Count.ShouldBe(0);
        staged.Unattributed.ShouldBe(0);
        staged.Rejections.ShouldBe(
            Rejected.GroupBy(line => line.Reason).Select(reason => new RejectedLines($"s3://{lake.Options.Bucket}/accelerometer/landing/1.json", reason.Key, reason.Count())),
            ignoreOrder: true);
        staged.Rejections[0].Lines.ShouldBe(3);
        staged.Data.Rows.ShouldBe(2 + Rejected.Length + 2);
        staged.Data.Table.ShouldBe("accelerometer_staged");
        var rows = await lake.QueryAsync(
            $"SELECT \"user\", person, \"timestamp\", x, y, z, source_file FROM {SqlNames.Qualified(lake.Options.WorkDatabase, staged.Data.WorkTable)} WHERE reason IS NULL",
            "user", "person", "timestamp", "x", "y", "z", "source_file");
        var file = $"s3://{lake.Options.Bucket}/accelerometer/landing/1.json";
        rows.ShouldBe([$"jane@x|jane@x|{Time}|1.5|2.0|-3.0|{file}", $"Amy@x|amy@x|{Time}|0.0|0.0|0.0|{file}"], ignoreOrder: true);
    }

    [Fact]
    public async Task Stage_WhenAnAttemptFollowsOneThatDied_FindsItsQueryAgain()
    {
        var lake = await LandAsync();
        var step = Guid.NewGuid();

        var first = await StageAsync(lake, step);
        var again = await StageAsync(lake, step);
        var other = await StageAsync(lake, Guid.NewGuid());

        again.Data.QueryId.ShouldBe(first.Data.QueryId);
        again.Data.Rows.ShouldBe(first.Data.Rows);
        other.Data.QueryId.ShouldNotBe(first.Data.QueryId);
    }

    [Fact]
    public async Task Stage_OfOneListingAndAnother_ChangesItsHash()
    {
        var lake = await LandAsync();
        await lake.PutAsync("accelerometer/landing/empty.json", "");
        var staged = await StageAsync(lake, Guid.NewGuid());

        (await ListAsync(lake)).ShouldBe(staged.Listing);
        await lake.PutAsync("accelerometer/landing/_skipped.json", Accepted[0]);
        (await ListAsync(lake)).ShouldBe(staged.Listing);
        await lake.PutAsync("accelerometer/landing/2.json", Accepted[0]);
        (await ListAsync(lake)).ShouldNotBe(staged.Listing);
    }

    [Fact]
    public async Task Stage_WithFilesOfEveryKind_CountsThoseWithoutAcceptedLines()
    {
        var lake = await LandAsync();
        await lake.PutAsync("accelerometer/landing/one.json", "x\n\n");
        await lake.PutAsync("accelerometer/landing/two.json", "x\ny");
        await lake.PutAsync("accelerometer/landing/blank.json", "[\r\n{}\r\n]\r\n");
        await lake.PutAsync("accelerometer/landing/_skipped.json", "x");

        var staged = await StageAsync(lake, Guid.NewGuid());

        staged.Files.ShouldBe(3);
        staged.RejectedFiles.ShouldBe(new(2, ["accelerometer/landing/two.json", "accelerometer/landing/one.json"]));
        staged.UnreadableFiles.ShouldBe(new(1, ["accelerometer/landing/two.json"]));
        staged.SkippedFiles.ShouldBe(new(1, ["accelerometer/landing/_skipped.json"]));
        staged.LateFiles.ShouldBe(NamedFiles.None);
        staged.Blank.ShouldBe(2 + 1 + 3);
    }

    [Fact]
    public async Task Stage_OfBytesThatAreNotUtf8_CountsDamagedTextsAndPasses()
    {
        var lake = await lakes.NewAsync();
        var line = $$"""{"serialnumber":"d1","registrationdate":{{Time}},"email":"a@x","customername":"Jos#","phone":true,"birthday":[1]}""";
        using var content = new MemoryStream([.. Encoding.ASCII.GetBytes(line).Select(b => b == (byte)'#' ? (byte)0xE9 : b)]);
        await lake.S3.PutObjectAsync(new PutObjectRequest { BucketName = lake.Options.Bucket, Key = "customer/landing/1.json", InputStream = content });

        var staged = await StageAsync(lake, Guid.NewGuid(), LandingSources.Customer);

        staged.Accepted.ShouldBe(1);
        staged.DamagedTexts.ShouldBe(1);
        staged.DroppedValues.ShouldBe(2);
    }

    [Fact]
    public async Task Stage_OfCustomers_CountsConsentsAndLinesThatNameNobody()
    {
        var lake = await lakes.NewAsync();
        await lake.PutAsync("customer/landing/1.json", string.Join('\n', Customer("a@x", "d1", consent: Time), Customer("b@x", "d2", consent: "null"), Customer("c@x", "d3", consent: "\"soon\"")));
        await lake.PutAsync("customer/landing/2.json", string.Join('\n', Customer("d@x", "d4", consent: Time), Customer("nobody", "d5", consent: "0"), "x"));

        var staged = await StageAsync(lake, Guid.NewGuid(), LandingSources.Customer);

        staged.Accepted.ShouldBe(3);
        staged.Rejected.ShouldBe(3);
        staged.Consents.ShouldBe(2);
        staged.Unattributed.ShouldBe(2);
        staged.UnattributedFiles.ShouldBe(new(1, ["customer/landing/2.json"]));
    }

    [Fact]
    public async Task Stage_WhenALineWasCleared_CountsItAsBlank()
    {
        var lake = await lakes.NewAsync();
        await lake.PutAsync("customer/landing/1.json", $"{Customer("a@x", "d1", consent: Time)}\nx\ny\n");
        var staged = await StageAsync(lake, Guid.NewGuid(), LandingSources.Customer);
        var key = (await lake.QueryAsync($"SELECT line_key FROM {Table(lake, staged)} WHERE rejected_line = 'x'", "line_key")).ShouldHaveSingleItem();
        await lake.PutAsync("private/cleared_lines/1.json", $$"""{"line_key":"{{key}}"}""");
        await lake.Catalog.RegisterAsync(
            lake.Options.PrivateDatabase,
            TableDefinitions.Json(lake.Options.ClearedLinesTable, [new("line_key", "string")], $"s3://{lake.Options.Bucket}/private/cleared_lines/"),
            CancellationToken.None);

        staged = await StageAsync(lake, Guid.NewGuid(), LandingSources.Customer);

        staged.Cleared.ShouldBe(1);
        staged.Rejected.ShouldBe(1);
        staged.Unattributed.ShouldBe(1);
    }

    [Fact]
    public async Task Quarantine_WithRejectedLines_KeepsTheirTextAndReason()
    {
        var lake = await LandAsync();
        var staged = await StageAsync(lake, Guid.NewGuid());

        var kept = await lake.InActivityAsync((ICatalogActivities catalog) => catalog.QuarantineAsync(new(lake.Run, Guid.NewGuid(), staged)));

        kept.Lines.ShouldBe(Rejected.Length);
        kept.Location.ShouldStartWith($"s3://{lake.Options.Bucket}/quarantine/accelerometer_rejected/run={lake.Run.Id}/");
        var table = SqlNames.Qualified(lake.Options.WorkDatabase, SqlNames.WorkTable("accelerometer_rejected", lake.Run));
        (await lake.QueryAsync($"SELECT line, reason FROM {table}", "line", "reason"))
            .ShouldBe(Rejected.Select(line => $"{line.Line}|{line.Reason}"), ignoreOrder: true);
    }

    [Fact]
    public async Task QuarantineRecords_WithRecordsThatWithholdSomebody_KeepsThemForClearing()
    {
        var lake = await lakes.NewAsync();
        var (undated, claiming, claimed) = (Customer("b@x", "d2", consent: "null"), Customer("c@x", "d3", consent: Time), Customer("d@x", "d3", consent: Time));
        await lake.PutAsync(
            "customer/landing/1.json",
            string.Join('\n', Customer("a@x", "d1", consent: Time), Customer("b@x", "d2", consent: Time), undated, claiming, claimed, Customer("e@x", "d3", consent: "null"), "x", undated));
        var staged = await StageAsync(lake, Guid.NewGuid(), LandingSources.Customer);

        var kept = await lake.InActivityAsync((ICatalogActivities catalog) => catalog.QuarantineRecordsAsync(new(lake.Run, Guid.NewGuid(), staged)));

        kept.Lines.ShouldBe(4);
        kept.Location.ShouldStartWith($"s3://{lake.Options.Bucket}/quarantine/customer_rejected/run={lake.Run.Id}/");
        var table = SqlNames.Qualified(lake.Options.WorkDatabase, SqlNames.WorkTable("customer_rejected", lake.Run));
        (await lake.QueryAsync($"SELECT line, kind, reason FROM {table} WHERE length(line_key) = 64", "line", "kind", "reason")).ShouldBe(
        [
            $"{undated}|undated record|undated withdrawal",
            $"{claiming}|record with a consent|several people claim the device",
            $"{claimed}|record with a consent|several people claim the device",
            "x|rejected line|not one JSON object",
        ], ignoreOrder: true);
    }

    private static string Customer(string email, string device, string consent) =>
        $$"""{"serialnumber":"{{device}}","registrationdate":{{Time}},"email":"{{email}}","sharewithresearchasofdate":{{consent}}}""";

    private static string Table(TestLake lake, StagedSource staged) => SqlNames.Qualified(lake.Options.WorkDatabase, staged.Data.WorkTable);

    private async Task<TestLake> LandAsync()
    {
        var lake = await lakes.NewAsync();
        await lake.PutAsync("accelerometer/landing/1.json", string.Concat(Accepted.Concat(Rejected.Select(line => line.Line)).Select(line => line + "\n")) + "\n  \n");
        return lake;
    }

    private static Task<StagedSource> StageAsync(TestLake lake, Guid step, string source = LandingSources.Accelerometer) =>
        lake.InActivityAsync((ICatalogActivities catalog) => catalog.StageAsync(new(lake.Run, step, Source(lake, source))));

    private static Task<string> ListAsync(TestLake lake) =>
        lake.InActivityAsync((ICatalogActivities catalog) => catalog.ListAsync(new(lake.Run, Source(lake, LandingSources.Accelerometer))));

    private static CrawledSource Source(TestLake lake, string source) => new()
    {
        Source = source,
        Table = $"{source}_landing",
        Location = $"s3://{lake.Options.Bucket}/{source}/landing/",
        Files = 1,
        Bytes = 1,
        Seconds = 0,
        Notes = [],
    };
}
