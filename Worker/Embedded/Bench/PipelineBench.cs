using Stedi.DevStack.Landing;
using Stedi.Temporal.Worker.Commands;
using Stedi.Temporal.Workflows;

namespace Stedi.Temporal.Worker.Embedded.Bench;

/// <summary>The durable run against bare DuckDB on the same files, in the same process, one after the other.</summary>
/// <param name="Scale">The size; 1 is the published one.</param>
/// <param name="AccelerometerRows">What that is in accelerometer rows.</param>
/// <param name="Pairs">Each bare run and the durable run beside it.</param>
public sealed record PipelineFigures(double Scale, long AccelerometerRows, IReadOnlyList<PipelinePair> Pairs)
{
    /// <summary>The median of the pairs' ratios of seconds, durable to bare.</summary>
    public double Ratio => Median.Of(Pairs.Select(pair => pair.Durable.Seconds / pair.Bare.Seconds));
}

/// <param name="Steps">Seconds of each part of the durable run, as its report has them; parts overlap.</param>
public sealed record PipelinePair(ResourceUse Bare, ResourceUse Durable, IReadOnlyDictionary<string, double> Steps);

static class PipelineBench
{
    /// <exception cref="CommandException">The two made tables of different sizes.</exception>
    public static async Task<PipelineFigures> RunAsync(Session session, double scale, int pairs, CancellationToken cancellationToken)
    {
        await using var lake = await BenchLake.OpenAsync(session, cancellationToken);
        session.Say($"Generating landing data of scale {scale}");
        var truth = await LandingGenerator.WriteAsync(lake.Bucket, new LandingOptions { Scale = scale }, cancellationToken: cancellationToken);
        session.Say("Warming up");
        await BareAsync(lake);
        await lake.RunAsync(new(), cancellationToken);

        var measured = new List<PipelinePair>();
        for (var i = 0; i < pairs; i++)
        {
            // Whichever goes second finds warmer files: they take turns.
            var durableFirst = i % 2 == 1;
            var early = durableFirst ? await DurableAsync(lake, cancellationToken) : default;
            var (rows, bare) = await ResourceMeter.MeasureAsync(() => BareAsync(lake));
            var (report, durable) = durableFirst ? early : await DurableAsync(lake, cancellationToken);
            Compare(rows, report);
            measured.Add(new(bare, durable, Steps(report)));
            session.Say($"Pair {i + 1} of {pairs}: bare DuckDB {bare.Seconds:F2} s, durable run {durable.Seconds:F2} s");
        }

        return new(scale, truth.Accelerometer.Rows, measured);
    }

    static Task<(LakehouseReport, ResourceUse)> DurableAsync(BenchLake lake, CancellationToken cancellationToken) =>
        ResourceMeter.MeasureAsync(() => lake.RunAsync(new(), cancellationToken));

    static Task<IReadOnlyDictionary<string, long>> BareAsync(BenchLake lake) => Task.Run(() =>
    {
        var output = Directory.CreateTempSubdirectory("stedi-bench-");
        try
        {
            return new BareDuckDb(lake.Bucket).Run(output.FullName);
        }
        finally
        {
            output.Delete(recursive: true);
        }
    });

    static void Compare(IReadOnlyDictionary<string, long> bare, LakehouseReport report)
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

    static Dictionary<string, double> Steps(LakehouseReport report)
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
