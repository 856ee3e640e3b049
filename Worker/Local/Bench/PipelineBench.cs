using Stedi.DevStack.Landing;
using Stedi.DevStack.Landing.Model;
using Stedi.Temporal.Worker.Cli;
using Stedi.Temporal.Worker.Hosting;
using Stedi.Temporal.Workflows.Reports;

namespace Stedi.Temporal.Worker.Local.Bench;

/// <summary>Compares the durable run with a plain DuckDB script on the same files, in the same process, in turns.</summary>
/// <param name="Scale">The size of the data; 1 is the size of the published set.</param>
/// <param name="AccelerometerRows">The number of accelerometer rows at this scale.</param>
/// <param name="Pairs">The measured pairs: a plain DuckDB run and a durable run each.</param>
public sealed record PipelineResult(double Scale, long AccelerometerRows, IReadOnlyList<PipelinePair> Pairs)
{
    /// <summary>The median ratio of the durable run's seconds, audits included, to those of building the tables in plain DuckDB.</summary>
    public double RatioToTables => Statistics.Median(Pairs.Select(pair => pair.Durable.Seconds / pair.Tables.Seconds));

    /// <summary>The median ratio of the durable run's seconds to those of building the tables and running the audits' queries in plain DuckDB.</summary>
    public double RatioToTablesAndAudits => Statistics.Median(Pairs.Select(pair => pair.Durable.Seconds / (pair.Tables.Seconds + pair.Audits.Seconds)));
}

/// <param name="Tables">Plain DuckDB: staging and building the tables.</param>
/// <param name="Audits">Plain DuckDB: the audits' queries.</param>
/// <param name="Durable">The durable run.</param>
/// <param name="Steps">Seconds per step of the durable run, from its report; steps overlap.</param>
public sealed record PipelinePair(ResourceUse Tables, ResourceUse Audits, ResourceUse Durable, IReadOnlyDictionary<string, double> Steps);

internal static class PipelineBench
{
    /// <exception cref="CommandException">The two built tables of different sizes.</exception>
    public static async Task<PipelineResult> RunAsync(CommandContext context, double scale, int pairs, CancellationToken cancellationToken)
    {
        await using var lake = await BenchLake.OpenAsync(context, cancellationToken);
        context.WriteStatus($"Generating landing data of scale {scale}");
        var truth = await LandingGenerator.WriteAsync(lake.Bucket, new LandingOptions { Scale = scale }, cancellationToken: cancellationToken);
        context.WriteStatus("Warming up");
        await BareAsync(lake);
        await lake.RunAsync(new(), cancellationToken);

        var measured = new List<PipelinePair>();
        for (var i = 0; i < pairs; i++)
        {
            // The second of a pair reads cached files, so the order alternates.
            var durableFirst = i % 2 == 1;
            var early = durableFirst ? await DurableAsync(lake, cancellationToken) : default;
            var (rows, tables, audits) = await BareAsync(lake);
            var (report, durable) = durableFirst ? early : await DurableAsync(lake, cancellationToken);
            Compare(rows, report);
            measured.Add(new(tables, audits, durable, Steps(report)));
            context.WriteStatus($"Pair {i + 1} of {pairs}: bare DuckDB {tables.Seconds:F2} s and {audits.Seconds:F2} s for the audits, durable run {durable.Seconds:F2} s");
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
