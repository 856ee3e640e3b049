using Stedi.Temporal.Workflows.Contracts;
using Stedi.Testing;

namespace Stedi.EndToEnd.Tests.Pipeline;

/// <summary>Whole runs over one lake, at the same time and one after the other: no row is duplicated, and superseded runs report it.</summary>
public sealed class ConcurrentRunTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Runs_AtTheSameTime_PublishTheTablesOfOneOfThem(int runs)
    {
        await using var stack = await InProcessStack.StartAsync();
        var truth = await stack.LandGeneratedAsync(new() { Seed = 21, Scale = 0.02 });

        var reports = await Task.WhenAll(Enumerable.Range(0, runs).Select(_ => stack.RunAsync()));

        var log = await stack.LogAsync();
        log.Current.AsOf.ShouldBe(reports.Max(report => report.Run.AsOf), "The run that started last is current.");
        (await stack.LocationsAsync()).ShouldBe(log.Current.Tables.Select(table => table.Location));
        (await RowsAsync(stack)).ShouldBe(
            [truth.Given.CustomerTrusted, truth.Given.AccelerometerTrusted, truth.Given.CustomersCurated, truth.Given.StepTrainerTrusted, truth.Given.MachineLearningCurated]);
        log.Current.Generation.ShouldBe(reports.Count(report => report.Snapshot.Outcome == PublishOutcome.Published));
        foreach (var superseded in reports.Where(report => report.Snapshot.Outcome == PublishOutcome.Superseded))
        {
            superseded.Snapshot.RunId.ShouldNotBe(superseded.Run.Id);
            superseded.Snapshot.AsOf.ShouldBeGreaterThan(superseded.Run.AsOf);
        }
    }

    [Fact]
    public async Task Run_WhenRepeated_PublishesTheSameRows()
    {
        await using var stack = await InProcessStack.StartAsync();
        await stack.LandGeneratedAsync(new() { Seed = 21, Scale = 0.02 });
        var first = await stack.RunAsync();
        var rows = await RowsAsync(stack);

        var second = await stack.RunAsync();

        (await RowsAsync(stack)).ShouldBe(rows);
        second.Tables.Select(table => table.Rows).ShouldBe(first.Tables.Select(table => table.Rows));
        (await stack.LogAsync()).Current.Generation.ShouldBe(2);
    }

    private static async Task<List<long>> RowsAsync(InProcessStack stack)
    {
        var rows = new List<long>();
        foreach (var table in LakeTables.All)
        {
            rows.Add(await stack.CountAsync($"SELECT count(*) AS n FROM {table}"));
        }

        return rows;
    }
}
