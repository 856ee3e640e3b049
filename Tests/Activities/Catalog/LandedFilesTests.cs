using Amazon.S3.Model;
using Stedi.Temporal.Activities.Catalog;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows;
using Temporalio.Exceptions;

namespace Stedi.Temporal.Activities.Tests.Catalog;

public sealed class LandedFilesTests(LocalLakes lakes)
{
    private const string Prefix = "customer/landing/";
    private const string Table = "customer_landing";

    [Fact]
    public async Task List_WithNamesThatBeginWithADotOrUnderscore_SkipsAndNamesThem()
    {
        var lake = await LandAsync(("a.json", "{}"), ("_a.json", "{}"), (".a.json", "{}"), ("_folder/a.json", "{}"), ("in/.b/a.json", "{}"), ("in/b_/a.json", "{}"));

        var listing = await ListAsync(lake);

        listing.Files.Select(file => file.Key).ShouldBe([Prefix + "a.json", Prefix + "in/b_/a.json"]);
        listing.Skipped.Select(file => file.Key).ShouldBe([Prefix + ".a.json", Prefix + "_a.json", Prefix + "_folder/a.json", Prefix + "in/.b/a.json"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("a.snappy")]
    [InlineData("a.lz4")]
    [InlineData("a.xz")]
    [InlineData("a.lzo")]
    [InlineData("in/a.json.zip")]
    [InlineData("a.7z")]
    public async Task List_WithACompressionThatCannotBeRead_FailsForGoodAndNamesTheFile(string name)
    {
        var lake = await LandAsync(("ok.json.gz", "{}"), (name, "{}"));

        var failure = await Should.ThrowAsync<ApplicationFailureException>(() => ListAsync(lake));

        failure.ErrorType.ShouldBe(FailureTypes.BrokenContract);
        failure.NonRetryable.ShouldBeTrue();
        failure.Message.ShouldContain($"cannot be read: {Prefix}{name}. Compress them with gzip, bzip2, deflate or zstd");
    }

    [Theory]
    [InlineData("a.ZIP")]
    [InlineData("zip")]
    [InlineData("_a.zip")]
    [InlineData("a.zip.json")]
    public async Task List_WithAnotherName_TakesNoNoticeOfCompression(string name) =>
        (await ListAsync(await LandAsync((name, "{}")))).ShouldSatisfyAllConditions(listing => (listing.Files.Count + listing.Skipped.Count).ShouldBe(1));

    [Fact]
    public async Task Verify_WhenTheQueryReadWhatLanded_ReportsLateFiles()
    {
        var lake = await LandAsync(("a.json", "{}"));
        var before = await ListAsync(lake);
        await lake.PutAsync(Prefix + "late.json", "{}");
        await lake.PutAsync(Prefix + "unread.json", "{}");
        var after = await ListAsync(lake);

        var read = await VerifyAsync(lake, before, after, "a.json", "late.json");

        read.Landed.Select(file => file.Key).ShouldBe([Prefix + "a.json"]);
        read.Late.Select(file => file.Key).ShouldBe([Prefix + "late.json"]);
        read.Fingerprint().ShouldNotBe(new ReadFiles(after.Files, []).Fingerprint());
        read.Fingerprint().ShouldBe(new ReadFiles([.. after.Files.Where(file => !file.Key.EndsWith("unread.json", StringComparison.Ordinal))], []).Fingerprint());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Verify_WhenAFileChangedOrVanished_FailsAsChanged(bool vanished)
    {
        var lake = await LandAsync(("a.json", "{}"), ("b.json", "{}"));
        var before = await ListAsync(lake);
        await (vanished ? lake.Objects.DeleteAsync(Prefix + "a.json", CancellationToken.None) : lake.PutAsync(Prefix + "a.json", "[]"));
        var after = await ListAsync(lake);

        var failure = await Should.ThrowAsync<ApplicationFailureException>(() => VerifyAsync(lake, before, after, "a.json", "b.json"));

        failure.ErrorType.ShouldBe(FailureTypes.LandingChanged);
        failure.NonRetryable.ShouldBeTrue();
        failure.Message.ShouldContain($"Files changed or disappeared while they were read: {Prefix}a.json. ");
    }

    [Theory]
    [InlineData(0, -500, false)] // S3 rounds times to seconds.
    [InlineData(0, -1000, true)]
    [InlineData(250, -500, true)]
    [InlineData(250, 0, false)]
    public void Before_WithAFileOfAboutThatTime_AllowsForTheStoresRounding(int milliseconds, int sinceSubmission, bool isBefore)
    {
        var written = new DateTimeOffset(2026, 1, 1, 12, 0, 0, milliseconds, TimeSpan.Zero);

        var before = new Listing([new("a.json", 2, written, "etag")], []).Before(written.AddMilliseconds(-sinceSubmission));

        before.Files.Count.ShouldBe(isBefore ? 1 : 0);
        before.MayHaveChanged.Count.ShouldBe(isBefore ? 0 : 1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Verify_WhenAResumedQueryReadAFileThatWasWrittenMeanwhile_FailsAsChanged(bool wasRead)
    {
        var lake = await LandAsync(("a.json", "{}"), ("b.json", "{}"));
        var listing = await ListAsync(lake);
        var submitted = listing.Files[0].Modified.AddMinutes(1);
        var before = new Listing([listing.Files[0], listing.Files[1] with { Modified = submitted.AddMilliseconds(500) }], []).Before(submitted);

        var verified = () => VerifyAsync(lake, before, listing, wasRead ? ["a.json", "b.json"] : ["a.json"]);

        if (wasRead)
        {
            (await verified.ShouldThrowAsync<ApplicationFailureException>()).ErrorType.ShouldBe(FailureTypes.LandingChanged);
        }
        else
        {
            (await verified()).Landed.Select(file => file.Key).ShouldBe([Prefix + "a.json"]);
        }
    }

    [Fact]
    public async Task Verify_WhenTheQueryReadAFileThatNeverLanded_FailsAsMismatch()
    {
        var lake = await LandAsync(("a.json", "{}"));
        var listing = await ListAsync(lake);

        var failure = await Should.ThrowAsync<ApplicationFailureException>(() => VerifyAsync(lake, listing, listing, "a.json", "other.json"));

        failure.ErrorType.ShouldBe(FailureTypes.LandingMismatch);
        failure.Message.ShouldContain($"read files that did not land: {Prefix}other.json. ");
    }

    [Theory]
    [InlineData("b.json", "x", true)]
    [InlineData("b.json", "\n", true)]
    [InlineData("b.json", "", false)]
    [InlineData("b.json", "\uFEFF", false)]
    [InlineData("b.json", "\uFEFFx", true)]
    [InlineData("b.gz", "not gzip", true)]
    [InlineData("b.json", null, true)]
    public async Task Verify_WhenAFileWasNotRead_FailsAsMismatchUnlessItHasNoLine(string name, string? text, bool fails)
    {
        var lake = await LandAsync(("a.json", "{}"), (name, text ?? new string(' ', 1025)));
        var listing = await ListAsync(lake);

        var verified = () => VerifyAsync(lake, listing, listing, "a.json");

        if (fails)
        {
            var failure = await verified.ShouldThrowAsync<ApplicationFailureException>();
            failure.ErrorType.ShouldBe(FailureTypes.LandingMismatch);
            failure.Message.ShouldContain($"did not read files that landed: {Prefix}{name}. ");
        }
        else
        {
            await verified();
        }
    }

    [Theory]
    [InlineData(".gz", "1f8b080000000000000303000000000000000000", true)]
    [InlineData(".gz", "1f8b08000000000000037bbf7b3f00e197100103000000", true)] // A byte order mark.
    [InlineData(".gz", "7b7d", false)]
    [InlineData(".deflate", "789c030000000001", true)]
    [InlineData(".deflate", "789cabae0500017500f9", false)]
    [InlineData(".bz2", "425a683917724538509000000000", true)]
    [InlineData(".bz2", "425a68", false)]
    [InlineData(".bz2", "425a683931415926535900000000", false)]
    [InlineData(".zst", "28b52ffd2400010000 99e9d851", true)]
    [InlineData(".zst", "28b52ffd0458010000 99e9d851", true)]
    [InlineData(".zst", "28b52ffd a0 00000000 010000", true)]
    [InlineData(".zst", "28b52ffd04581100007b7dd194f27a", false)]
    [InlineData(".zst", "28b52ffd", false)]
    [InlineData(".json", "efbbbf", true)]
    [InlineData(".json", "0a", false)]
    public async Task Verify_WhenASmallFileWasNotRead_AllowsItOnlyWithoutText(string extension, string content, bool isAllowed)
    {
        var lake = await LandAsync(("a.json", "{}"));
        using var small = new MemoryStream(Convert.FromHexString(content.Replace(" ", "", StringComparison.Ordinal)));
        await lake.S3.PutObjectAsync(new PutObjectRequest { BucketName = lake.Options.Bucket, Key = $"{Prefix}b{extension}", InputStream = small });
        var listing = await ListAsync(lake);

        var verified = async () => await VerifyAsync(lake, listing, listing, "a.json");

        if (isAllowed)
        {
            (await verified()).Landed.Count.ShouldBe(2);
        }
        else
        {
            (await verified.ShouldThrowAsync<ApplicationFailureException>()).ErrorType.ShouldBe(FailureTypes.LandingMismatch);
        }
    }

    [Theory]
    [InlineData("a.json", 100, 98, 2, true)]
    [InlineData("a.json", 100, 100, 1, true)]
    [InlineData("a.json", 100, 93, 2, true)]
    [InlineData("a.json", 100, 92, 2, false)]
    [InlineData("a.json", 100, 101, 2, false)]
    [InlineData("a.json.GZ", 100, 101, 2, false)]
    [InlineData("a.json.gz", 100, 5000, 2, true)]
    [InlineData("a.bz2", 100, 5000, 2, true)]
    [InlineData("a.deflate", 100, 5000, 2, true)]
    [InlineData("a.zst", 100, 5000, 2, true)]
    public void OfOtherSize_OfAFile_ComparesItsSizeWithItsLines(string name, long size, long bytes, long lines, bool fits)
    {
        var files = new LandedFiles(lakes.Shared.Objects);
        var file = new LakeObject(Prefix + name, size, DateTimeOffset.UnixEpoch);

        files.OfOtherSize([file], new Dictionary<string, (long, long)> { [lakes.Shared.Objects.Uri(file.Key)] = (lines, bytes) }).Count.ShouldBe(fits ? 0 : 1);
    }

    private async Task<TestLake> LandAsync(params (string Name, string Text)[] files)
    {
        var lake = await lakes.NewAsync();
        foreach (var (name, text) in files)
        {
            await lake.PutAsync(Prefix + name, text);
        }

        return lake;
    }

    private static Task<Listing> ListAsync(TestLake lake) => new LandedFiles(lake.Objects).ListAsync(Prefix, CancellationToken.None);

    private static Task<ReadFiles> VerifyAsync(TestLake lake, Listing before, Listing after, params string[] read) => new LandedFiles(lake.Objects).VerifyAsync(
        Table, before, after, read.Select(name => lake.Objects.Uri(Prefix + name)).ToHashSet(StringComparer.Ordinal), CancellationToken.None);
}
