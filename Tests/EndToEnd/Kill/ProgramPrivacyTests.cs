using System.Text.Json;
using Stedi.DevStack.Landing;
using Stedi.EndToEnd.Tests.Pipeline;
using Stedi.Testing;

namespace Stedi.EndToEnd.Tests.Kill;

/// <summary>
/// The built program does not disclose emails, names, serial numbers, phone numbers or the pseudonym key in what it prints, logs
/// or stores outside the lake's data, in runs that succeed, fail and are killed.
/// </summary>
[Collection("The built program")]
public sealed class ProgramPrivacyTests : IDisposable
{
    private readonly KillFolder _folder = new();
    private readonly StringWriter _printed = new();

    [Fact]
    public async Task Program_InRunsThatSucceedFailAndAreKilled_DisclosesNoPersonalData()
    {
        var landing = Path.Combine(_folder.Path, "landing");
        await LandingGenerator.WriteAsync(landing, new() { Seed = 11, Scale = 0.05 }, cancellationToken: Token);
        var people = PersonalData.Of(landing);
        await using (var up = StediProgram.Start(_folder.Path, "up"))
        {
            await up.WaitForErrorOutputAsync("Bringing up", Token);
            while (!up.Output.Contains("Ctrl-C", StringComparison.Ordinal))
            {
                up.HasExited.ShouldBeFalse(up.Error);
                await Task.Delay(20, Token);
            }

            await RunAsync(0, "run", "--wait", "--landing", landing);
            await RunAsync(0, "run", "--wait", "--landing", landing, "--json", "--consent", "AtReading");
            await RunAsync(0, "show");
            await RunAsync(0, "show", "--json");
            await RunAsync(0, "lineage");
            await RunAsync(0, "lineage", "machine_learning_curated");
            await RunAsync(0, "lineage", "machine_learning_curated", "--json");
            await RunAsync(0, "tables");
            await RunAsync(0, "tables", "--json");
            await RunAsync(1, "rollback", "9");
            await RunAsync(0, "rollback", "--allow-looser-policy");
            await CutOffLinesAsync(landing);
            await RunAsync(1, "run", "--wait", "--landing", landing);
            await RunAsync(1, "run", "--wait", "--landing", landing, "--json");
            await RunAsync(0, "show");
            await RunAsync(1, "sql", "select key from stedi_private.pseudonym_key");
            await QuarantineAsync();
            await ExplainAsync(landing);
            await RunAsync(0, "doctor");

            // A killed program leaves its write-ahead logs behind.
            await up.KillAsync(Token);
            _printed.Write(up.Output + up.Error);
        }

        people = people.With(await KeyAsync());
        people.Count.ShouldBeGreaterThan(50);
        people.ShouldNotOccurIn(_printed.ToString(), "what was printed");
        var scanned = 0L;
        foreach (var file in ScannedFiles())
        {
            var bytes = await File.ReadAllBytesAsync(file, Token);
            scanned += bytes.Length;
            people.ShouldNotOccurIn(bytes, file);
        }

        ScannedFiles().Select(Path.GetFileName).ShouldContain("temporal.db-wal");
        scanned.ShouldBeGreaterThan(1_000_000);
        var database = string.Concat(ScannedFiles().Where(file => Path.GetFileName(file).StartsWith("temporal.db", StringComparison.Ordinal)).Select(file => System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file))));
        database.ShouldContain(KillFolder.WorkflowId, customMessage: "The scan covers the content of the database.");
        people.OccursIn(string.Concat(Directory.EnumerateFiles(landing, "*", SearchOption.AllDirectories).Select(File.ReadAllText))).ShouldBeTrue("The scan finds personal data where it is.");
    }

    public void Dispose()
    {
        _folder.Dispose();
        _printed.Dispose();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // State databases with their write-ahead logs, log files, and objects of the lake that may not hold personal data.
    private IEnumerable<string> ScannedFiles() =>
    [
        .. Files(_folder.Stack.State), .. Files(_folder.Stack.Logs),
        .. ((string[])["lineage", "snapshots", "runs", "private/cleared_lines", "private/requests", "results/privacy"]).SelectMany(prefix => Files(Path.Combine(_folder.Bucket, prefix))),
    ];

    private static IEnumerable<string> Files(string directory) =>
        Directory.Exists(directory) ? Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories) : [];

    private Task<string> RunAsync(int code, params string[] arguments) => RunAsync(code, arguments, input: null);

    private async Task<string> RunAsync(int code, string[] arguments, string? input)
    {
        await using var program = StediProgram.Start(_folder.Path, arguments);
        if (input is not null)
        {
            await program.TypeAsync(input);
        }

        var ended = await program.EndAsync(Token);
        ended.ShouldBe(code, $"{string.Join(' ', arguments)}\n{program.Output}\n{program.Error}");
        _printed.WriteLine(program.Output);
        _printed.WriteLine(program.Error);
        return program.Output;
    }

    // The text that `show` prints is personal data on purpose; what it stores must not be.
    private async Task QuarantineAsync()
    {
        using var runs = JsonDocument.Parse(await RunAsync(0, "runs", "--json"));
        var run = runs.RootElement[0].GetProperty("runId").GetString()!;
        await RunAsync(0, "quarantine", "list", run);
        using var listing = JsonDocument.Parse(await RunAsync(0, "quarantine", "list", run, "--json"));
        var line = listing.RootElement.GetProperty("lines").EnumerateArray().First(line => line.TryGetProperty("line", out _)).GetProperty("line").GetString()!;
        await using var show = StediProgram.Start(_folder.Path, "quarantine", "show", run, line);
        (await show.EndAsync(Token)).ShouldBe(0, show.Error);
        await RunAsync(0, "quarantine", "clear", run, line, "--reason", "cut off by the test");
        await RunAsync(0, "quarantine", "list");
    }

    private async Task ExplainAsync(string landing)
    {
        var file = Directory.EnumerateFiles(Path.Combine(landing, "customer"), "*", SearchOption.AllDirectories).First(file => !file.EndsWith("cut-off.json", StringComparison.Ordinal));
        using var customer = JsonDocument.Parse((await File.ReadAllLinesAsync(file, Token))[0]);
        foreach (var identity in (string[])["email", "serialNumber"])
        {
            await RunAsync(0, ["privacy", "explain"], customer.RootElement.GetProperty(identity).GetString()!);
        }

        await RunAsync(2, "privacy", "explain", customer.RootElement.GetProperty("email").GetString()!);
    }

    private static async Task CutOffLinesAsync(string landing)
    {
        var file = Directory.EnumerateFiles(Path.Combine(landing, "customer"), "*", SearchOption.AllDirectories).First();
        var lines = await File.ReadAllLinesAsync(file, Token);
        await File.WriteAllLinesAsync(Path.Combine(Path.GetDirectoryName(file)!, "cut-off.json"), lines.Take(30).Select(line => line[..60]), Token);
    }

    private async Task<string> KeyAsync()
    {
        var file = Files(Path.Combine(_folder.Bucket, "private", "pseudonym_key")).ShouldHaveSingleItem();
        return JsonDocument.Parse(await File.ReadAllTextAsync(file, Token)).RootElement.GetProperty("key").GetString()!;
    }
}
