using Stedi.Temporal.Workflows.Inputs;
using Stedi.Temporal.Workflows.Reports;
using Stedi.Testing;

namespace Stedi.EndToEnd.Tests.Pipeline;

/// <summary>
/// Small landing folders after public bug reports, below <c>Cases/</c>. Unless the name says otherwise, a folder holds four people, the
/// third without consent, with five instants of two accelerometer rows and one step reading each.
/// </summary>
public sealed class CaseTests
{
    [Theory]
    [InlineData("00-base", "3/30/3/15/30")]
    [InlineData("01-consent-float", "3/30/3/15/30")]
    [InlineData("02b-consent-exponent", "3/30/3/15/30")]
    [InlineData("03-trailing-comma-lines", "3/30/3/15/30")]
    [InlineData("08-array-line-per-object", "3/30/3/15/30")]
    [InlineData("13-bz2", "3/30/3/15/30")]
    [InlineData("16c-latin1", "3/30/3/15/30")]
    [InlineData("18-30-serials", "8/80/8/0/0")]
    [InlineData("24h-consent-future", "0/0/0/0/0")]
    [InlineData("25d-withdrawal-rejected-under-limit", "199/796/199/398/796")]
    [InlineData("25e-withdrawal-update-missing", "0/0/0/0/0")]
    [InlineData("26-cr-only", "3/30/3/15/30")]
    [InlineData("27-email-whitespace", "0/0/0/0/0")]
    [InlineData("28-string-escapes", "6/24/6/12/24")]
    [InlineData("29-file-names", "3/18/3/15/8")]
    [InlineData("31-blank-lines", "3/30/3/15/30")]
    [InlineData("37-merged-export", "3/30/3/15/30")]
    [InlineData("44-cp1252-name", "200/800/200/400/800")]
    [InlineData("45-file-name-with-brackets", "2/20/2/10/20")]
    public async Task Run_OnAReadableCase_PublishesTheseRows(string folder, string rows) =>
        RowsOf(await RunAsync(folder, new())).ShouldBe(rows);

    [Theory]
    [InlineData("24-consent-iso", "0/0/0/0/0")]
    [InlineData("25-withdrawal-update-uncastable", "1/10/1/5/10")]
    [InlineData("33b-nul-hole", "3/30/3/15/30")]
    public async Task Run_WhenEveryRejectedLineIsAllowed_PublishesTheseRows(string folder, string rows) =>
        RowsOf(await RunAsync(folder, new() { RejectedLinesLimit = 1 })).ShouldBe(rows);

    [Theory]
    [InlineData("04-concatenated", "not one JSON object", "customer-1.json")]
    [InlineData("04c-two-per-line", "not one JSON object", "accelerometer-1.json")]
    [InlineData("12c-windows-junk", "anybody's withdrawal", "Thumbs.db", "desktop.ini")]
    [InlineData("12d-odd-cr", "anybody's withdrawal", "odd.bin")]
    [InlineData("14b-plain-named-gz", "gzip", ".gz")]
    [InlineData("14c-gz-truncated", ".gz")]
    [InlineData("23-consent-seconds", "seconds")]
    [InlineData("24-consent-iso", "sharewithresearchasofdate")]
    [InlineData("25-withdrawal-update-uncastable", "lastupdatedate")]
    [InlineData("33b-nul-hole", "rejected")]
    [InlineData("34-python-repr", "not one JSON object", "step_trainer-1.json")]
    [InlineData("43-lost-concatenated", "not one JSON object")]
    [InlineData("43d-lost-truncated-gz", ".gz")]
    public async Task Run_OnADoubtfulCase_StopsAndSaysWhy(string folder, params string[] words)
    {
        await using var stack = await StartAsync(folder);

        var failure = await FailedRun.FailureAsync(() => stack.RunWithinAsync(TimeSpan.FromMinutes(1), InputOf(folder)));

        foreach (var word in words)
        {
            failure.Message.ShouldContain(word);
        }

        failure.NonRetryable.ShouldBeTrue();
        (await stack.S3.ListObjectsV2Async(new() { BucketName = stack.Lake.Bucket, Prefix = "snapshots/" })).S3Objects.ShouldBeNull("Nothing is published.");
    }

    [Theory]
    [InlineData("24h-consent-future", "consent not yet in force", 3)]
    [InlineData("25e-withdrawal-update-missing", "undated withdrawal", 4)]
    [InlineData("27-email-whitespace", "no consent", 8)]
    public async Task Run_WhenPeopleAreWithheld_SaysWhyAndHowMany(string folder, string reason, long people) =>
        (await RunAsync(folder, new())).LeftOut.Where(left => left.Table == "customer_trusted" && left.Reason == reason).Sum(left => left.Rows).ShouldBe(people);

    [Fact]
    public async Task Run_WhenConsentsAreText_WithholdsThePeopleWhoGaveThem() =>
        (await RunAsync("24-consent-iso", new() { RejectedLinesLimit = 1 })).LeftOut
            .Single(left => left.Table == "customer_trusted" && left.Reason == "consent record unreadable").Rows.ShouldBe(3);

    [Theory]
    [InlineData("16c-latin1")]
    [InlineData("44-cp1252-name")]
    public async Task Run_WhenANameIsNotUtf8_CountsTheDamagedText(string folder) =>
        (await RunAsync(folder, new())).Landing[0].DamagedTexts.ShouldBe(1);

    [Fact]
    public async Task Run_WhenSeveralPeopleClaimEachDevice_LeavesOutItsReadingsForThatReasonOnly() =>
        (await RunAsync("18-30-serials", new())).LeftOut.Where(left => left.Table == "step_trainer_trusted" && left.Rows > 0)
            .Select(left => left.Reason).ShouldBe(["ambiguous device"]);

    [Fact]
    public async Task Run_WhenReadingsCarryCustomersColumns_NamesTheUnknownColumns() =>
        (await RunAsync("37-merged-export", new())).Landing[1].Notes.ShouldContain(note => note.Contains("is not in the contract", StringComparison.Ordinal));

    [Fact]
    public async Task Run_WithHostileLines_RejectsThemAndPublishesTheOthers()
    {
        string[] lines =
        [
            new('[', 20_000),
            string.Concat(Enumerable.Repeat("{\"user\":", 20_000)),
            """{"user":"\u12","timestamp":1655564455341,"x":1.0,"y":1.0,"z":0.0}""",
            """{"user":"a@example.com\""",
            new('x', (64 << 20) - 1),
        ];
        await using var stack = await StartAsync("00-base");
        await stack.LandTextAsync("accelerometer/landing/hostile.json", string.Join('\n', lines));

        var report = await stack.RunAsync(new() { RejectedLinesLimit = 1 });

        RowsOf(report).ShouldBe("3/30/3/15/30");
        report.Landing.Sum(source => source.Rejected).ShouldBe(lines.Length);
    }

    private static string RowsOf(LakehouseReport report) => string.Join('/', report.Tables.Select(table => table.Rows));

    private static LakehouseInput InputOf(string folder) =>
        new() { ConsentPolicy = folder == "23-consent-seconds" ? ConsentPolicy.AtReading : ConsentPolicy.Given };

    private static async Task<LakehouseReport> RunAsync(string folder, LakehouseInput input)
    {
        await using var stack = await StartAsync(folder);
        return await stack.RunWithinAsync(TimeSpan.FromMinutes(1), input);
    }

    private static async Task<InProcessStack> StartAsync(string folder)
    {
        var stack = await InProcessStack.StartAsync();
        await stack.LandAsync(Path.Combine(Repository.Root, "Tests", "EndToEnd", "Cases", folder));
        return stack;
    }
}
