using Stedi.Testing;

namespace Stedi.Temporal.Worker.Tests.Cli;

public sealed class CommandLineTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Run_WithUnknownOption_IsAUsageErrorThatNamesTheHelp()
    {
        var run = await RunAsync("--landin", "x");

        run.ExitCode.ShouldBe(2);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldBe("""
            error: Unrecognized command or argument '--landin'.
              Did you mean --landing?
              Type `stedi --help` for usage.

            """);
    }

    [Fact]
    public async Task Sql_WithUnknownOption_NamesItsOwnHelp() =>
        (await RunAsync("sql", "select 1", "--jsn")).Error.ShouldContain("`stedi sql --help`");

    [Fact]
    public async Task Run_WithUnknownConsentPolicy_IsRefusedAndListsThePolicies()
    {
        var run = await RunAsync("--consent", "never");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("Given");
        run.Error.ShouldContain("AtReading");
    }

    [Theory]
    [InlineData("x", "error: --limit must be a whole number, not x.")]
    [InlineData("0", "error: --limit must be from 1 to 1000.")]
    public async Task Runs_WithInvalidLimit_IsAUsageError(string limit, string message)
    {
        var run = await RunAsync("runs", "--limit", limit);

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldStartWith(message);
    }

    [Fact]
    public async Task Sql_WithJsonAndCsv_IsRefused() =>
        (await RunAsync("sql", "select 1", "--json", "--csv")).Error.ShouldStartWith("error: --json and --csv cannot be combined.");

    [Fact]
    public async Task Run_WithUnknownConfigurationKey_NamesFileAndLine()
    {
        _folder.Write("temporal-dev.yaml", "aws:\n  prt: 1\n");

        var run = await RunAsync();

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldStartWith("error: temporal-dev.yaml, line 2: \"prt\" is not a key of \"aws\".");
    }

    [Fact]
    public async Task Run_WhenTheLandingFolderDoesNotExist_IsRefusedBeforeAnythingStarts()
    {
        var run = await RunAsync("--landing", "/nowhere/at/all");

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldBe("""
            error: There is no folder /nowhere/at/all.
              Give --landing a folder that holds customer/landing/, accelerometer/landing/ and step_trainer/landing/.

            """);
        Directory.Exists(Path.Combine(_folder.Path, ".stedi")).ShouldBeFalse();
    }

    [Fact]
    public async Task Run_WhenTheLandingFolderLacksSources_NamesThem()
    {
        _folder.Write("data/customer/landing/a.json", "{}");

        var run = await RunAsync("--landing", Path.Combine(_folder.Path, "data"));

        run.Error.ShouldContain("lacks accelerometer/landing and step_trainer/landing");
    }

    [Fact]
    public async Task Help_DescribesTheProgramAndEndsWithExamples()
    {
        var run = await RunAsync("--help");

        run.ExitCode.ShouldBe(0);
        run.Error.ShouldBeEmpty();
        run.Output.ShouldContain("Without a command it does all of that, once.");
        run.Output.ShouldContain("--landing <DIR>");
        run.Output.ShouldEndWith("""
            Examples:
              stedi
                  Run everything on this machine, on generated data.
              stedi --landing ~/stedi-data --consent AtReading
                  Run on your own files, with readings made after the consent only.
              stedi --json > report.json
                  Save the report as JSON.

            """);
    }

    [Theory]
    [InlineData("tables")]
    [InlineData("sql")]
    [InlineData("run")]
    [InlineData("show")]
    [InlineData("runs")]
    [InlineData("schedule")]
    [InlineData("schedule set")]
    [InlineData("schedule pause")]
    [InlineData("schedule resume")]
    [InlineData("schedule delete")]
    [InlineData("cancel")]
    [InlineData("up")]
    [InlineData("worker")]
    [InlineData("rollback")]
    [InlineData("lineage")]
    [InlineData("doctor")]
    [InlineData("generate")]
    [InlineData("completion")]
    public async Task Help_OfEveryCommand_HasAnExample(string command)
    {
        var run = await RunAsync([.. command.Split(' '), "--help"]);

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldContain("Examples:\n  stedi " + command);
    }

    public void Dispose() => _folder.Dispose();

    private Task<CommandRun> RunAsync(params string[] arguments) => CommandRun.InAsync(_folder.Path, arguments);
}
