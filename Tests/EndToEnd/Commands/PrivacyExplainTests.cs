using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Stedi.Temporal.Worker.Hosting;
using Stedi.Testing;

namespace Stedi.EndToEnd.Tests.Commands;

/// <summary><c>stedi privacy explain</c> says of each kind of person what decides about them and which rows the lake holds.</summary>
public sealed class PrivacyExplainTests(PrivacyExplainTests.Lake lake) : IClassFixture<PrivacyExplainTests.Lake>
{
    [Fact]
    public async Task Explain_OfAPersonWhoAgrees_CountsTheirRowsInEverySnapshot()
    {
        var person = await PersonAsync(" ADA@Example.org ");

        person.GetProperty("consentSince").GetDateTimeOffset().ShouldBe(Lake.Time(10));
        person.GetProperty("rule").GetProperty("number").GetString().ShouldBe("4.5");
        var record = person.GetProperty("records").EnumerateArray().ShouldHaveSingleItem();
        record.GetProperty("file").GetString().ShouldBe("s3://stedi-lake/sources/" + lake.Source + "/customer/landing/a.json");
        record.GetProperty("isDated").GetBoolean().ShouldBeFalse();
        Rows(person).ShouldBe(
        [
            "1 accelerometer_trusted 2", "1 customer_trusted 1", "1 customers_curated 1", "1 machine_learning_curated 1", "1 step_trainer_trusted 1",
            "2 accelerometer_trusted 2", "2 customer_trusted 1", "2 customers_curated 1", "2 machine_learning_curated 1", "2 step_trainer_trusted 1",
        ]);
    }

    [Fact]
    public async Task Explain_OfASerialNumber_ExplainsItsOwner() =>
        Rows(await PersonAsync("device-ADA")).Count.ShouldBe(10);

    [Fact]
    public async Task Explain_OfAPersonWhoWithdrew_NamesTheRuleAndTheSnapshotThatStillHoldsRows()
    {
        var person = await PersonAsync("bob@example.org");

        person.TryGetProperty("consentSince", out _).ShouldBeFalse();
        person.GetProperty("withheldFor").GetString().ShouldBe("no consent");
        person.GetProperty("records").EnumerateArray().Select(record => record.TryGetProperty("consent", out _)).ShouldBe([true, false]);
        Rows(person).ShouldBe(["1 customer_trusted 1"]);

        var printed = await ExplainAsync("bob@example.org");
        printed.Output.ShouldContain("The person is withheld: no consent.");
        printed.Output.ShouldContain("Rule 4.5: The record with the latest time decides");
        printed.Output.ShouldContain("Snapshot 2 (published, ");
        printed.Output.ShouldMatch(@"Snapshot 1 \(kept, .* UTC\): 1 in customer_trusted\n");
    }

    [Theory]
    [InlineData("eve@example.org", "consent record unreadable", "4.3")]
    [InlineData("fay@example.org", "undated withdrawal", "4.4")]
    [InlineData("gil@example.org", "earlier withdrawal", "4.5")]
    [InlineData("hal@example.org", "consent not yet in force", "4.2")]
    public async Task Explain_OfAPersonWhoIsWithheld_NamesReasonAndRule(string identity, string reason, string rule)
    {
        var person = await PersonAsync(identity);

        person.GetProperty("withheldFor").GetString().ShouldBe(reason);
        person.GetProperty("rule").GetProperty("number").GetString().ShouldBe(rule);
        Rows(person).ShouldBeEmpty();
    }

    [Fact]
    public async Task Explain_OfADeviceThatTwoPeopleClaim_SaysThatItBelongsToNobody()
    {
        var printed = await ExplainAsync("device-shared");

        printed.ExitCode.ShouldBe(0, printed.Error);
        printed.Output.ShouldContain("2 people claim this device, so it belongs to nobody");
        printed.Output.ShouldContain("Person 2 agrees to research");
        (await ExplainAsync("ian@example.org")).Output.ShouldContain("Device 1 is claimed by 2 people");
    }

    [Fact]
    public async Task Explain_OfAnUnknownPerson_SaysThatNoLineNamesThem()
    {
        var printed = await ExplainAsync("nobody@example.org");

        printed.ExitCode.ShouldBe(0, printed.Error);
        printed.Output.ShouldContain("No customer line of today's landing names the person");
        printed.Output.ShouldMatch(@"Snapshot 2 \(published, .* UTC\): no rows of the person\n");
    }

    [Fact]
    public async Task Explain_WithTheIdentityAsAnArgument_IsRefusedWithoutRepeatingIt()
    {
        foreach (var arguments in (string[][])[["ada@example.org"], ["--email", "ada@example.org"], ["--email=ada@example.org"]])
        {
            var run = await CommandRun.InAsync(lake.Folder, ["privacy", "explain", .. arguments]);

            run.ExitCode.ShouldBe(2);
            run.Error.ShouldContain("from standard input only");
            (run.Output + run.Error).ShouldNotContain("ada@");
        }
    }

    [Fact]
    public async Task Explain_WithoutAnIdentity_SaysWhatToType()
    {
        var run = await ExplainAsync("  \n");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("There is no identity on standard input.");
    }

    [Theory]
    [InlineData("ada@example.org")]
    [InlineData("o'brien\"\\${identity}@example.org")]
    public async Task Explain_OfAnyone_LeavesNoTraceOfTheIdentity(string identity)
    {
        var printed = await ExplainAsync(identity);

        printed.ExitCode.ShouldBe(0, printed.Error);
        (printed.Output + printed.Error).ShouldNotContain("@example.org");
        var marker = identity[..identity.IndexOf('@')];
        var own = new[] { "lake/stedi-lake/private/requests", "lake/stedi-lake/results", "state", "logs" }.Select(folder => Path.Combine(lake.Folder, ".stedi", folder))
            .Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)).ToList();
        own.ShouldNotBeEmpty();
        own.ShouldAllBe(file => !Contains(file, marker + "@") && !file.Contains("private/requests", StringComparison.Ordinal) && !file.Contains("results/privacy", StringComparison.Ordinal));
        (await lake.TablesAsync("stedi_private")).ShouldBe(["cleared_lines", "pseudonym_key"], ignoreOrder: true);
    }

    [Fact]
    public async Task Explain_WhenAQueryFails_RemovesTheRequest()
    {
        var current = Path.Combine(lake.Folder, ".stedi", "lake", "stedi-lake", "snapshots", "current.json");
        var log = await File.ReadAllTextAsync(current, TestContext.Current.CancellationToken);
        // The privacy role may not read this location.
        await lake.Stack.Worker.S3.PutObjectAsync(
            new() { BucketName = "stedi-lake", Key = "snapshots/current.json", ContentBody = Regex.Replace(log, "s3://stedi-lake/trusted/customer_trusted/[^\"]*", "s3://stedi-lake/staged/x/") },
            TestContext.Current.CancellationToken);
        await lake.Stack.Worker.S3.PutObjectAsync(new() { BucketName = "stedi-lake", Key = "staged/x/x", ContentBody = "x" }, TestContext.Current.CancellationToken);
        try
        {
            var run = await ExplainAsync("ada@example.org");

            run.ExitCode.ShouldBe(1, run.Output);
            run.Error.ShouldContain("This command needs the privacy role. Athena could not run the query for a person's rows");
            run.Error.ShouldContain("AWS_PROFILE=stedi-privacy");
            Directory.EnumerateFiles(Path.Combine(lake.Folder, ".stedi", "lake", "stedi-lake", "private"), "*", SearchOption.AllDirectories)
                .ShouldAllBe(file => !file.Contains("requests", StringComparison.Ordinal));
            (await lake.TablesAsync("stedi_private")).ShouldBe(["cleared_lines", "pseudonym_key"], ignoreOrder: true);
        }
        finally
        {
            await lake.Stack.Worker.S3.PutObjectAsync(new() { BucketName = "stedi-lake", Key = "snapshots/current.json", ContentBody = log }, CancellationToken.None);
        }
    }

    private static bool Contains(string file, string text)
    {
        using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(open, System.Text.Encoding.Latin1);
        return reader.ReadToEnd().Contains(text, StringComparison.OrdinalIgnoreCase);
    }

    private static List<string> Rows(JsonElement person) =>
        [.. person.GetProperty("rows").EnumerateArray()
            .Select(row => $"{row.GetProperty("generation").GetInt64()} {row.GetProperty("table").GetString()} {row.GetProperty("rows").GetInt64()}")
            .Order(StringComparer.Ordinal)];

    private Task<CommandRun> ExplainAsync(string identity, params string[] options) =>
        CommandRun.WithInputAsync(lake.Folder, identity + "\n", ["privacy", "explain", .. options]);

    private async Task<JsonElement> PersonAsync(string identity)
    {
        var run = await ExplainAsync(identity, "--json");
        run.ExitCode.ShouldBe(0, run.Error);
        using var document = JsonDocument.Parse(run.Output);
        return document.RootElement.GetProperty("people").EnumerateArray().ShouldHaveSingleItem().Clone();
    }

    /// <summary>A running stack with two snapshots of a few people; one of them withdrew between the two.</summary>
    public sealed class Lake : IAsyncLifetime
    {
        private readonly TempFolder _folder = new();

        public string Folder => _folder.Path;

        /// <summary>The last part of the source prefix.</summary>
        public string Source { get; private set; } = "";

        internal LakehouseStack Stack { get; private set; } = null!;

        /// <summary>A time, in days since 2024 began.</summary>
        public static DateTimeOffset Time(int day) => new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(day);

        public async ValueTask InitializeAsync()
        {
            _folder.Write("temporal-dev.yaml", "temporal: { port: 0, uiPort: 0 }\naws: { port: 0 }\nrun: { rejectedLinesLimit: 0.9 }\n");
            _folder.Write("landing/accelerometer/landing/a.json", Lines(Reading("ada", 20), Reading("ada", 21), Reading("ian", 20)));
            _folder.Write("landing/step_trainer/landing/a.json", Lines(Step("device-ada", 20), Step("device-shared", 20)));
            _folder.Write("landing/customer/landing/a.json", Lines(Customer("Ada", 10, 10)));
            _folder.Write("landing/customer/landing/b.json", Lines(Customer("bob", 10, 10)));
            _folder.Write("landing/customer/landing/c.json", Lines(
                Customer("eve", 10, 10), Customer("eve", 10, null).Replace("\"registrationDate\"", "\"lastUpdateDate\":\"broken\",\"registrationDate\"", StringComparison.Ordinal),
                Customer("fay", 10, 10), Customer("fay", 10, null),
                Customer("gil", 10, null, 30), Customer("gil", 10, 10, 40),
                Customer("hal", 10, 1_000_000 / 24),
                Customer("ian", 10, 10, device: "device-shared"), Customer("joe", 10, 10, device: "DEVICE-shared")));
            await RunAsync();
            _folder.Write("landing/customer/landing/d.json", Lines(Customer("bob", 10, null, 50)));
            // One of so few is a large share.
            await RunAsync("--allow-shrink", "1");
            Stack = await TestCommandContext.OpenStackAsync(Folder);
            Source = Path.GetFileName(Directory.GetDirectories(Path.Combine(Folder, ".stedi", "lake", "stedi-lake", "sources")).ShouldHaveSingleItem());
        }

        public async ValueTask DisposeAsync()
        {
            // Null if the start failed.
            if (Stack is { } stack)
            {
                await stack.DisposeAsync();
            }

            _folder.Dispose();
        }

        public async Task<IReadOnlyList<string>> TablesAsync(string database) =>
            [.. (await Stack.Worker.Glue.GetTablesAsync(new() { DatabaseName = database }, TestContext.Current.CancellationToken)).TableList.Select(table => table.Name)];

        private static string Lines(params string[] lines) => string.Concat(lines.Select(line => line + "\n"));

        private static string Customer(string name, int registered, int? consent, int? updated = null, string? device = null) =>
            $$"""{"customerName":"{{name}}","email":"{{name}}@example.org","serialNumber":"{{device ?? "device-" + name}}","registrationDate":{{Milliseconds(registered)}}{{Optional("shareWithResearchAsOfDate", consent)}}{{Optional("lastUpdateDate", updated)}}}""";

        private static string Optional(string key, int? day) => day is { } given ? $",\"{key}\":{Milliseconds(given)}" : "";

        private static string Reading(string name, int day) => $$"""{"user":"{{name}}@example.org","timestamp":{{Milliseconds(day)}},"x":1,"y":2,"z":3}""";

        private static string Step(string device, int day) => $$"""{"sensorReadingTime":{{Milliseconds(day)}},"serialNumber":"{{device}}","distanceFromObject":5}""";

        private static string Milliseconds(int day) => Time(day).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

        private async Task RunAsync(params string[] options)
        {
            var run = await CommandRun.InAsync(Folder, ["--landing", Path.Combine(Folder, "landing"), .. options]);
            run.ExitCode.ShouldBe(0, run.Error);
        }
    }
}
