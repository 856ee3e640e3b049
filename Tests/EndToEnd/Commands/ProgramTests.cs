using System.Text.Json;
using Stedi.DevStack.Landing;
using Stedi.DevStack.Landing.Expectations;
using Stedi.DevStack.Landing.Model;
using Stedi.Temporal.Workflows;
using Stedi.Temporal.Workflows.Contracts;
using Stedi.Temporal.Workflows.Reports;
using Stedi.Testing;

namespace Stedi.EndToEnd.Tests.Commands;

/// <summary>The built program, run as a process in a temporary folder.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Run_InAnEmptyFolder_PublishesTheExpectedRowCounts()
    {
        UseFreePorts("landing: { scale: 0.05, seed: 7 }");
        var expected = await ExpectedAsync(new() { Scale = 0.05, Seed = 7 });

        var run = await RunAsync("--json");

        run.ExitCode.ShouldBe(0, run.Error);
        var report = JsonSerializer.Deserialize<LakehouseReport>(run.Output, StediDataConverter.Json).ShouldNotBeNull();
        report.Snapshot.Outcome.ShouldBe(PublishOutcome.Published);
        report.Landing.Select(source => source.Rows - source.Rejected).ShouldBe([expected.Customer.Rows, expected.Accelerometer.Rows, expected.StepTrainer.Rows]);
        RowsOf(report).ShouldBe(RowsOf(expected.Given));
        run.Error.ShouldContain("Make machine_learning_curated");

        (await RunAsync("tables")).Output.ShouldContain("machine_learning_curated");
        var counted = await RunAsync("sql", "select count(*) as n from machine_learning_curated", "--csv");
        counted.Output.ShouldBe($"n\r\n{expected.Given.MachineLearningCurated}\r\n", counted.Error);
        var refused = await RunAsync("sql", "select * from stedi_private.pseudonym_key");
        refused.ExitCode.ShouldBe(1);
        refused.Error.ShouldContain("denied");
        refused.Error.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Run_OnAFolderOfLandingFiles_UsesItsOwnPrefixAndPolicy()
    {
        UseFreePorts("landing: { scale: 0.01 }");
        var expected = await LandingGenerator.WriteAsync(Path.Combine(_folder.Path, "my data"), new() { Scale = 0.05, Seed = 3 }, cancellationToken: Token);

        var run = await RunAsync("--landing", "my data", "--consent", "AtReading", "--json");

        run.ExitCode.ShouldBe(0, run.Error);
        var report = JsonSerializer.Deserialize<LakehouseReport>(run.Output, StediDataConverter.Json).ShouldNotBeNull();
        report.Run.SourcePrefix.ShouldStartWith("sources/mydata-");
        RowsOf(report).ShouldBe(RowsOf(expected.AtReading));

        var looser = await RunAsync("--landing", "my data", "--consent", "Given");
        looser.ExitCode.ShouldBe(1);
        looser.Error.ShouldContain("0 uploaded, 0 removed");
        looser.Error.ShouldContain("--allow-looser-policy");
    }

    public void Dispose() => _folder.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private void UseFreePorts(string more) => _folder.Write("temporal-dev.yaml", $"temporal: {{ port: 0 }}\naws: {{ port: 0 }}\n{more}\n");

    private static Task<ExpectedResults> ExpectedAsync(LandingOptions options) =>
        LandingGenerator.WriteAsync((_, _) => ValueTask.FromResult(Stream.Null), options, cancellationToken: Token);

    private static long[] RowsOf(LakehouseReport report) => [.. LakeTables.All.Select(name => report.Tables.Single(table => table.Table == name).Rows)];

    private static long[] RowsOf(ExpectedTables expected) =>
        [expected.CustomerTrusted, expected.AccelerometerTrusted, expected.CustomersCurated, expected.StepTrainerTrusted, expected.MachineLearningCurated];

    private Task<CommandRun> RunAsync(params string[] arguments) => CommandRun.OfProcessAsync(BuiltProgram.Start(_folder.Path, arguments));
}
