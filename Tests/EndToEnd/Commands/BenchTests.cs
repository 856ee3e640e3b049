using System.Text.Json;
using Stedi.Testing;

namespace Stedi.EndToEnd.Tests.Commands;

/// <summary>Checks that benchmarks run and compare equal work, not their measurements.</summary>
public sealed class BenchTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task BenchPipeline_ReportsSecondsAndPeakMemoryPerPair()
    {
        var figures = await MeasureAsync("pipeline", "--scale", "0.02", "--pairs", "2");

        figures.GetProperty("pairs").GetArrayLength().ShouldBe(2);
        foreach (var pair in figures.GetProperty("pairs").EnumerateArray())
        {
            foreach (var part in (string[])["tables", "audits", "durable"])
            {
                pair.GetProperty(part).GetProperty("seconds").GetDouble().ShouldBePositive();
                pair.GetProperty(part).GetProperty("peakBytes").GetInt64().ShouldBePositive();
            }
        }
    }

    [Fact]
    public async Task BenchServer_MeasuresInMemoryAndOnSqlite()
    {
        var figures = await MeasureAsync("server", "--workflows", "30", "--rounds", "1");

        var round = figures.GetProperty("rounds")[0];
        foreach (var state in (string[])["memory", "sqlite"])
        {
            round.GetProperty(state).GetProperty("p99Milliseconds").GetDouble().ShouldBeGreaterThanOrEqualTo(round.GetProperty(state).GetProperty("p50Milliseconds").GetDouble());
        }
    }

    [Fact]
    public async Task BenchGrowth_MeasuresSnapshotsFilesAndClosedWorkflows()
    {
        var figures = await MeasureAsync("growth", "--snapshots", "2", "--files", "40", "--workflows", "30", "--repeats", "1");

        figures.EnumerateArray().Select(figure => figure.GetProperty("of").GetString()!.Split(':')[0]).Distinct()
            .ShouldBe(["kept snapshots", "landing files", "closed workflows"]);
    }

    [Fact]
    public async Task BenchPipeline_WithZeroPairs_IsRefused()
    {
        var run = await CommandRun.InAsync(_folder.Path, "bench", "pipeline", "--pairs", "0");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("--pairs must be at least 1.");
    }

    private async Task<JsonElement> MeasureAsync(params string[] arguments)
    {
        var run = await CommandRun.InAsync(_folder.Path, ["bench", .. arguments, "--json"]);

        run.ExitCode.ShouldBe(0, run.Error);
        Directory.EnumerateFileSystemEntries(_folder.Path).ShouldBeEmpty();
        return JsonSerializer.Deserialize<JsonElement>(run.Output);
    }
}
