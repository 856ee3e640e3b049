using Stedi.Temporal.Worker.Configuration;
using Stedi.Testing;

namespace Stedi.EndToEnd.Tests.Commands;

/// <summary>Runs refuse a pseudonym key that can be guessed, and replace published pseudonyms only on request.</summary>
public sealed class PseudonymKeyTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public PseudonymKeyTests() => _folder.Write("temporal-dev.yaml", "temporal: { port: 0 }\naws: { port: 0 }\nlanding: { scale: 0.02 }\n");

    [Theory]
    [InlineData("""{"key":""}""", "is empty")]
    [InlineData("""{"key":"                        "}""", "is empty")]
    [InlineData("""{"key":null}""", "is empty")]
    [InlineData("""{"key":"abcdefghijklmno"}""", "has 15 bytes; it needs at least 16")]
    [InlineData("{\"key\":\"abcdefghijklmnop\"}\n{\"key\":\"ponmlkjihgfedcba\"}", "holds 2 keys instead of one")]
    [InlineData("", "holds no key")]
    public async Task Run_WhenTheKeyCannotServe_StopsWithoutShowingIt(string content, string problem)
    {
        await MakeLakeAsync();
        await File.WriteAllTextAsync(KeyFile, content, Token);

        var run = await CommandRun.InAsync(_folder.Path);

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain(problem);
        run.Error.ShouldContain("stedi_private.pseudonym_key");
        run.Error.ShouldContain("Restore s3://stedi-lake/private/pseudonym_key/key.json");
        run.Error.ShouldNotContain("abcdef");
        (await CommandRun.InAsync(_folder.Path, "tables")).Output.ShouldNotContain("machine_learning_curated");
    }

    [Theory]
    [InlineData("abcdefghijklmnop")]
    [InlineData("äöüäöüäß")]
    public async Task Run_WhenTheKeyHas16Bytes_Publishes(string key)
    {
        await MakeLakeAsync();
        await File.WriteAllTextAsync(KeyFile, $$"""{"key":"{{key}}"}""", Token);

        await RunAsync();
    }

    [Fact]
    public async Task Run_WhenTheKeyIsLostAfterPublishing_StopsUntilItIsRestoredOrNewPseudonymsAreAccepted()
    {
        await RunAsync();
        var key = await File.ReadAllTextAsync(KeyFile, Token);
        var pseudonyms = await PseudonymsAsync();
        File.Delete(KeyFile);

        var lost = await CommandRun.InAsync(_folder.Path);

        lost.ExitCode.ShouldBe(1);
        lost.Error.ShouldContain("holds no key");
        lost.Error.ShouldContain("--new-pseudonyms");
        File.Exists(KeyFile).ShouldBeFalse();
        (await PseudonymsAsync()).ShouldBe(pseudonyms);

        await File.WriteAllTextAsync(KeyFile, key, Token);
        await RunAsync();
        (await PseudonymsAsync()).ShouldBe(pseudonyms);

        File.Delete(KeyFile);
        await RunAsync("--new-pseudonyms");
        (await File.ReadAllTextAsync(KeyFile, Token)).ShouldNotBe(key);
        (await PseudonymsAsync()).ShouldNotBe(pseudonyms);
        await RunAsync();
    }

    [Fact]
    public async Task Run_WhenTheKeyWasReplacedAfterPublishing_StopsUntilNewPseudonymsAreAccepted()
    {
        await RunAsync();
        var pseudonyms = await PseudonymsAsync();
        const string Other = """{"key":"another key than the one before"}""";
        await File.WriteAllTextAsync(KeyFile, Other, Token);

        var replaced = await CommandRun.InAsync(_folder.Path);

        replaced.ExitCode.ShouldBe(1);
        replaced.Error.ShouldContain("is not the one that the published pseudonyms were made with");
        replaced.Error.ShouldNotContain("another key than the one before");
        (await PseudonymsAsync()).ShouldBe(pseudonyms);

        await RunAsync("--new-pseudonyms");
        (await File.ReadAllTextAsync(KeyFile, Token)).ShouldBe(Other);
        (await PseudonymsAsync()).ShouldNotBe(pseudonyms);
    }

    public void Dispose() => _folder.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string KeyFile => Path.Combine(StackFolder.Below(_folder.Path).Lake, "stedi-lake", "private", "pseudonym_key", "key.json");

    private async Task MakeLakeAsync()
    {
        // Opening the stack creates the lake; there are no tables yet.
        await CommandRun.InAsync(_folder.Path, "tables");
        File.Exists(KeyFile).ShouldBeTrue("A new folder gets a key.");
    }

    private async Task RunAsync(params string[] arguments)
    {
        var run = await CommandRun.InAsync(_folder.Path, arguments);
        run.ExitCode.ShouldBe(0, run.Error);
    }

    private async Task<string> PseudonymsAsync()
    {
        var run = await CommandRun.InAsync(_folder.Path, "sql", "select distinct pseudonym from machine_learning_curated order by 1", "--csv");
        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.Split('\n').Length.ShouldBeGreaterThan(3);
        return run.Output;
    }
}
