using System.Text.Json;
using Stedi.Temporal.Activities.Athena;
using Stedi.Testing;

namespace Stedi.EndToEnd.Tests.Commands;

/// <summary><c>stedi quarantine</c> lists, shows and clears lines with the rights of the privacy role, and leaves nothing behind.</summary>
public sealed class QuarantineTests(QuarantinedLake lake) : IClassFixture<QuarantinedLake>
{
    [Fact]
    public async Task List_OfARun_NamesKindReasonAndFileOfEveryLineWithoutItsText()
    {
        var run = await RunAsync("list", lake.RunId[..8]);

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldMatch(@"c0ffee001111 +rejected line(, cleared)? +1 +not a JSON object +customer/landing/a\.json");
        run.Output.ShouldMatch(@"c0ffee00aaaa +undated record(, cleared)? +2 +- +customer/landing/b\.json");
        run.Output.ShouldMatch(@"0badc0de1111 +record with a consent(, cleared)? +1 +- +customer/landing/c\.json");
        run.Output.ShouldMatch(@"- +rejected line +1 +no user +accelerometer/landing/a\.json");
        run.Output.ShouldNotContain("@b.c");
        ShouldLeaveNothing();
    }

    [Fact]
    public async Task List_AsJson_HasWholeKeysAndNoKeyForOtherSources()
    {
        var run = await RunAsync("list", lake.RunId, "--json");

        using var listing = JsonDocument.Parse(run.Output);
        var lines = listing.RootElement.GetProperty("lines").EnumerateArray().ToList();
        lines.Count.ShouldBe(5);
        lines.Single(line => line.ToString().Contains(QuarantinedLake.Undated, StringComparison.Ordinal)).GetProperty("lines").GetInt64().ShouldBe(2);
        lines.Single(line => line.GetProperty("source").GetString() == "accelerometer").TryGetProperty("line", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Show_OfALineWithControlCharacters_PrintsThemEscaped()
    {
        var run = await RunAsync("show", lake.RunId, QuarantinedLake.CutOff[..12]);

        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldContain(@"{""email"":""a@b.c"",""x"":""\u{1B}[31m\u{202E}""");
        run.Output.ShouldContain("not a JSON object");
        run.Output.ShouldNotContain("\e");
        ShouldLeaveNothing();
    }

    [Theory]
    [InlineData("c0ffee00", 1, "2 lines begin with c0ffee00.")]
    [InlineData("00000000", 1, "has no customer line 00000000 in the quarantine")]
    [InlineData("c0ffee0", 2, "at least 8 hexadecimal digits")]
    [InlineData("a@b.example", 2, "at least 8 hexadecimal digits")]
    public async Task Show_WhenTheKeyDoesNotNameOneLine_SaysSo(string key, int code, string message)
    {
        var run = await RunAsync("show", lake.RunId, key);

        run.ExitCode.ShouldBe(code);
        run.Error.ShouldContain(message);
        run.Error.ShouldNotContain("@");
    }

    [Fact]
    public async Task Clear_OfARejectedLine_StoresWhoAndWhyOnceAndStagingCanReadIt()
    {
        var first = await RunAsync("clear", lake.RunId, QuarantinedLake.CutOff[..12], "--reason", "  Ticket 812: \"cut off\"\nby the export ", "--by", "Data protection");
        var again = await RunAsync("clear", lake.RunId, QuarantinedLake.CutOff, "--reason", "another");

        first.ExitCode.ShouldBe(0, first.Error);
        first.Output.ShouldContain("Cleared line c0ffee001111 (rejected line in customer/landing/a.json). The next run reads this");
        again.ExitCode.ShouldBe(0, again.Error);
        again.Output.ShouldContain("was cleared already");
        again.Output.ShouldContain("Data protection (");

        using var stored = JsonDocument.Parse(await File.ReadAllTextAsync(ObjectOf(QuarantinedLake.CutOff), Token));
        stored.RootElement.GetProperty("line_key").GetString().ShouldBe(QuarantinedLake.CutOff);
        stored.RootElement.GetProperty("file").GetString().ShouldBe("s3://stedi-lake/customer/landing/a.json");
        stored.RootElement.GetProperty("kind").GetString().ShouldBe("rejected line");
        stored.RootElement.GetProperty("reason").GetString().ShouldBe("Ticket 812: \"cut off\"\nby the export");
        stored.RootElement.GetProperty("cleared_by").GetString().ShouldBe($"Data protection ({Environment.UserName}@{Environment.MachineName})");
        stored.RootElement.GetProperty("cleared_at").GetDateTimeOffset().ShouldBeInRange(DateTimeOffset.UtcNow.AddMinutes(-10), DateTimeOffset.UtcNow);
        (await ClearedAsync()).ShouldContain($"{QuarantinedLake.CutOff} rejected line");

        var list = await RunAsync("list");
        list.Output.ShouldMatch(@"c0ffee001111 +rejected line +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d +Data protection \(");
        list.Output.ShouldContain(@"\u{0A}by the export");
        (await RunAsync("list", lake.RunId)).Output.ShouldMatch("c0ffee001111 +rejected line, cleared");
        ShouldLeaveNothing();
    }

    [Theory]
    [InlineData(QuarantinedLake.Undated, "undated record")]
    [InlineData(QuarantinedLake.Claiming, "record with a consent")]
    public async Task Clear_OfAnAcceptedRecordThatCanBeCleared_Succeeds(string key, string kind)
    {
        var run = await RunAsync("clear", lake.RunId, key, "--reason", "a typo", "--json");

        run.ExitCode.ShouldBe(0, run.Error);
        using var cleared = JsonDocument.Parse(run.Output);
        cleared.RootElement.GetProperty("kind").GetString().ShouldBe(kind);
        File.Exists(ObjectOf(key)).ShouldBeTrue();
    }

    [Fact]
    public async Task Clear_OfARefusalWithADate_IsRefused()
    {
        var run = await RunAsync("clear", lake.RunId, QuarantinedLake.DatedRefusal, "--reason", "please");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("Line deadbeef1111 cannot be cleared: it is a refusal with a date.");
        run.Error.ShouldContain("rejected line, an undated record or a record with a consent");
        File.Exists(ObjectOf(QuarantinedLake.DatedRefusal)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("--reason", " ")]
    [InlineData("--by", "me")]
    public async Task Clear_WithoutAReason_IsRefused(string option, string value)
    {
        var run = await RunAsync("clear", lake.RunId, QuarantinedLake.DatedRefusal, option, value);

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("--reason");
    }

    [Fact]
    public async Task List_OfARunThatDoesNotExist_NamesIt()
    {
        var run = await RunAsync("list", "00000000-0000-4000-8000-000000000000");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("There is no run 00000000-0000-4000-8000-000000000000");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Task<CommandRun> RunAsync(params string[] arguments) => CommandRun.InAsync(lake.Folder, ["quarantine", .. arguments]);

    private string Bucket => Path.Combine(lake.Stack.Folder.Lake, lake.Stack.Lake.Bucket);

    private string ObjectOf(string key) => Path.Combine(Bucket, "private", "cleared_lines", $"{key}.json");

    // Other tests of this class run in the same lake, one after the other.
    private void ShouldLeaveNothing()
    {
        foreach (var prefix in (string[])["private/requests", "results/privacy"])
        {
            var folder = Path.Combine(Bucket, prefix);
            (Directory.Exists(folder) ? Directory.GetFiles(folder, "*", SearchOption.AllDirectories) : []).ShouldBeEmpty();
        }
    }

    private async Task<IReadOnlyList<string>> ClearedAsync()
    {
        var queries = new AthenaQueries(lake.Stack.Worker.Athena, lake.Stack.Lake, TimeProvider.System);
        var id = await queries.SubmitAsync("SELECT line_key, kind FROM stedi_private.cleared_lines", Guid.NewGuid().ToString(), Token);
        (await queries.WaitAsync(id, Token)).Status.State.Value.ShouldBe("SUCCEEDED");
        return [.. (await queries.ReadAsync(id, Token)).Select(row => $"{row["line_key"]} {row["kind"]}")];
    }
}
