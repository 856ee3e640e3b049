using Stedi.DevStack.Landing;
using Stedi.DevStack.Landing.Model;
using Stedi.Temporal.Worker.Cli;
using Stedi.Temporal.Worker.Hosting;
using Stedi.Temporal.Workflows.Reports;

namespace Stedi.Temporal.Worker.Local.Bench;

/// <summary>The durable run against bare DuckDB on the same files, in the same process, one after the other.</summary>
/// <param name="Scale">The size; 1 is the published one.</param>
/// <param name="AccelerometerRows">What that is in accelerometer rows.</param>
/// <param name="Pairs">Each bare run and the durable run beside it.</param>
public sealed record PipelineResult(double Scale, long AccelerometerRows, IReadOnlyList<PipelinePair> Pairs)
{
    /// <summary>The median of the pairs' ratios of seconds: the durable run, which audits, to making the tables alone.</summary>
    public double RatioToTables => Statistics.Median(Pairs.Select(pair => pair.Durable.Seconds / pair.Tables.Seconds));

    /// <summary>The same to making the tables and asking what the audits ask.</summary>
    public double RatioToTablesAndAudits => Statistics.Median(Pairs.Select(pair => pair.Durable.Seconds / (pair.Tables.Seconds + pair.Audits.Seconds)));
}

/// <param name="Tables">Bare DuckDB staging and making the tables.</param>
/// <param name="Audits">Bare DuckDB asking what the audits ask.</param>
/// <param name="Durable">The run.</param>
/// <param name="Steps">Seconds of each part of the durable run, as its report has them; parts overlap.</param>
public sealed record PipelinePair(ResourceUse Tables, ResourceUse Audits, ResourceUse Durable, IReadOnlyDictionary<string, double> Steps);

internal static class PipelineBench
{
    /// <exception cref="CommandException">The two made tables of different sizes.</exception>
    public static async Task<PipelineResult> RunAsync(CommandContext session, double scale, int pairs, CancellationToken cancellationToken)
    {
        await using var lake = await BenchLake.OpenAsync(session, cancellationToken);
        session.WriteStatus($"Generating landing data of scale {scale}");
        var truth = await LandingGenerator.WriteAsync(lake.Bucket, new LandingOptions { Scale = scale }, cancellationToken: cancellationToken);
        session.WriteStatus("Warming up");
        await BareAsync(lake);
        await lake.RunAsync(new(), cancellationToken);

        var measured = new List<PipelinePair>();
        for (var i = 0; i < pairs; i++)
        {
            // Whichever goes second finds warmer files: they take turns.
            var durableFirst = i % 2 == 1;
            var early = durableFirst ? await DurableAsync(lake, cancellationToken) : default;
            var (rows, tables, audits) = await BareAsync(lake);
            var (report, durable) = durableFirst ? early : await DurableAsync(lake, cancellationToken);
            Compare(rows, report);
            measured.Add(new(tables, audits, durable, Steps(report)));
            session.WriteStatus($"Pair {i + 1} of {pairs}: bare DuckDB {tables.Seconds:F2} s and {audits.Seconds:F2} s for the audits, durable run {durable.Seconds:F2} s");
        }

        return new(scale, truth.Accelerometer.Rows, measured);
    }

    private static Task<(LakehouseReport, ResourceUse)> DurableAsync(BenchLake lake, CancellationToken cancellationToken) =>
        ResourceMeter.MeasureAsync(() => lake.RunAsync(new(), cancellationToken));

    private static async Task<(IReadOnlyDictionary<string, long> Rows, ResourceUse Tables, ResourceUse Audits)> BareAsync(BenchLake lake)
    {
        using var bare = new BareDuckDb(lake.Bucket);
        var (rows, tables) = await ResourceMeter.MeasureAsync(() => Task.Run(bare.Make));
        var (_, audits) = await ResourceMeter.MeasureAsync(() => Task.Run(() =>
        {
            bare.Audit();
            return true;
        }));
        return (rows, tables, audits);
    }

    private static void Compare(IReadOnlyDictionary<string, long> bare, LakehouseReport report)
    {
        var durable = report.Tables.Select(table => (table.Table, table.Rows)).Append(("rejected", report.Landing.Sum(source => source.Rejected)));
        foreach (var (table, rows) in durable)
        {
            if (bare[table] != rows)
            {
                throw new CommandException($"The figures would mean nothing: {table} has {bare[table]} rows in bare DuckDB and {rows} in the durable run.");
            }
        }
    }

    private static Dictionary<string, double> Steps(LakehouseReport report)
    {
        var steps = report.Landing.ToDictionary(source => source.Table, source => source.Seconds);
        foreach (var table in report.Tables)
        {
            steps[table.Table] = table.Seconds;
        }

        steps["whole"] = report.Seconds;
        return steps;
    }
}
