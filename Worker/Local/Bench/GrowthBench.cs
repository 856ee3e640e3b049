using System.Diagnostics;
using Stedi.DevStack.Landing;
using Stedi.DevStack.Landing.Model;
using Stedi.DevStack.Temporal;
using Stedi.Temporal.Worker.Cli;
using Stedi.Temporal.Workflows.Contracts;
using Stedi.Temporal.Workflows.Inputs;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;

namespace Stedi.Temporal.Worker.Local.Bench;

/// <summary>The cost of the same work with little and with much accumulated data.</summary>
/// <param name="What">The cost, with its unit.</param>
/// <param name="Of">What accumulates, with its smallest and largest amount.</param>
public sealed record GrowthResult(string What, string Of, double Small, double Large);

/// <summary>Measures whether the same work costs more as data accumulates.</summary>
internal static class GrowthBench
{
    private const double Scale = 0.2;

    /// <summary>A run with few and with many snapshots.</summary>
    public static async Task<IReadOnlyList<GrowthResult>> SnapshotsAsync(CommandContext context, int snapshots, int repeats, CancellationToken cancellationToken)
    {
        await using var lake = await BenchLake.OpenAsync(context, cancellationToken);
        await LandingGenerator.WriteAsync(lake.Bucket, new LandingOptions { Scale = Scale }, cancellationToken: cancellationToken);
        var input = new LakehouseInput { SnapshotsToKeep = snapshots };
        await lake.RunAsync(input, cancellationToken);
        var seconds = new List<double>();
        for (var i = 0; i < snapshots; i++)
        {
            seconds.Add((await TimeAsync(() => lake.RunAsync(input, cancellationToken))).TotalSeconds);
        }

        context.WriteStatus($"{snapshots} runs, every snapshot kept");
        return [new("a run, s", $"kept snapshots: {Math.Min(repeats, snapshots)} and {snapshots}", Statistics.Median(seconds.Take(repeats)), Statistics.Median(seconds.TakeLast(repeats)))];
    }

    /// <summary>A run over the same rows in few files and in many.</summary>
    public static async Task<IReadOnlyList<GrowthResult>> FilesAsync(CommandContext context, int files, int repeats, CancellationToken cancellationToken)
    {
        await using var lake = await BenchLake.OpenAsync(context, cancellationToken);
        await LandingGenerator.WriteAsync(lake.Bucket, new LandingOptions { Scale = 1 }, cancellationToken: cancellationToken);
        var few = Directory.EnumerateFiles(lake.Bucket, "*.json", SearchOption.AllDirectories).Count();
        await lake.RunAsync(new(), cancellationToken);
        var before = await MedianAsync(repeats, () => lake.RunAsync(new(), cancellationToken));
        var many = Split(lake.Bucket, files);
        await lake.RunAsync(new(), cancellationToken);
        var after = await MedianAsync(repeats, () => lake.RunAsync(new(), cancellationToken));
        context.WriteStatus($"{many} landing files");
        return [new("a run at published size, s", $"landing files: {few} and {many}", before, after)];
    }

    /// <summary>The embedded Temporal server with few and with many closed workflows.</summary>
    public static async Task<IReadOnlyList<GrowthResult>> ClosedWorkflowsAsync(CommandContext context, int workflows, int repeats, CancellationToken cancellationToken)
    {
        var directory = Directory.CreateTempSubdirectory("stedi-bench-");
        try
        {
            var state = Path.Combine(directory.FullName, "state.db");
            var before = await ObserveAsync(state, workflows, repeats, cancellationToken);
            await using (var server = await TemporalServer.StartAsync(new() { StateFile = state }, cancellationToken))
            {
                var client = await TemporalClient.ConnectAsync(new(server.Target));
                var made = 0;
                await Parallel.ForAsync(0, workflows, new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = cancellationToken }, async (i, _) =>
                {
                    var handle = await client.StartWorkflowAsync((OneActivityWorkflow workflow) => workflow.RunAsync(), new($"closed-{i}", "nobody"));
                    await handle.TerminateAsync();
                    if (Interlocked.Increment(ref made) % 10_000 == 0)
                    {
                        context.WriteStatus($"{made} closed workflows");
                    }
                });
            }

            var after = await ObserveAsync(state, workflows, repeats, cancellationToken);
            var of = $"closed workflows: few and {workflows}";
            return
            [
                new("start of the server until it answers, s", of, before.Start, after.Start),
                new("workflows a second", of, before.Round.WorkflowsPerSecond, after.Round.WorkflowsPerSecond),
                new("p50 of a workflow, ms", of, before.Round.P50Milliseconds, after.Round.P50Milliseconds),
                new("first page of 100 workflows, ms", of, before.List, after.List),
                new("count by status, ms", of, before.Count, after.Count),
                new("find one by type and status, ms", of, before.Query, after.Query),
                new("state file, MB", of, before.Megabytes, after.Megabytes),
                new("memory of the process after the start, MB", of, before.Memory, after.Memory),
            ];
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static async Task<Observed> ObserveAsync(string state, int workflows, int repeats, CancellationToken cancellationToken)
    {
        GC.Collect();
        var watch = Stopwatch.StartNew();
        await using var server = await TemporalServer.StartAsync(new() { StateFile = state }, cancellationToken);
        var client = await TemporalClient.ConnectAsync(new(server.Target));
        await client.Connection.CheckHealthAsync();
        var start = watch.Elapsed.TotalSeconds;
        var memory = Environment.WorkingSet / 1e6;
        await ServerBench.MeasureAsync(client, Math.Min(workflows, 200), cancellationToken);
        var round = await ServerBench.MeasureAsync(client, Math.Min(workflows, 2000), cancellationToken);
        var service = client.Connection.WorkflowService;
        return new(
            start,
            round,
            await MedianAsync(repeats, () => service.ListWorkflowExecutionsAsync(new() { Namespace = "default", PageSize = 100 })) * 1000,
            await MedianAsync(repeats, () => service.CountWorkflowExecutionsAsync(new() { Namespace = "default", Query = "GROUP BY ExecutionStatus" })) * 1000,
            await MedianAsync(repeats, () => service.ListWorkflowExecutionsAsync(new() { Namespace = "default", PageSize = 1, Query = $"WorkflowType = 'Nothing' AND ExecutionStatus = '{WorkflowExecutionStatus.Running}'" })) * 1000,
            new FileInfo(state).Length / 1e6,
            memory);
    }

    private static async Task<double> MedianAsync<T>(int repeats, Func<Task<T>> work)
    {
        var seconds = new List<double>();
        for (var i = 0; i < repeats; i++)
        {
            seconds.Add((await TimeAsync(work)).TotalSeconds);
        }

        return Statistics.Median(seconds);
    }

    private static async Task<TimeSpan> TimeAsync<T>(Func<Task<T>> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed;
    }

    // Each source gets a share of the files in proportion to its lines.
    private static int Split(string bucket, int files)
    {
        var lines = LandingSources.All.ToDictionary(source => source, source => Directory.EnumerateFiles(Path.Combine(bucket, LandingSources.Prefix(source))).SelectMany(File.ReadLines).ToArray());
        var all = lines.Values.Sum(source => source.Length);
        var made = 0;
        foreach (var (source, text) in lines)
        {
            var folder = Path.Combine(bucket, LandingSources.Prefix(source));
            Directory.Delete(folder, recursive: true);
            Directory.CreateDirectory(folder);
            var each = (int)Math.Ceiling(all / (double)files);
            foreach (var (part, i) in text.Chunk(each).Select((part, i) => (part, i)))
            {
                File.WriteAllLines(Path.Combine(folder, $"{source}-{i:D6}.json"), part);
                made++;
            }
        }

        return made;
    }

    private sealed record Observed(double Start, ServerRound Round, double List, double Count, double Query, double Megabytes, double Memory);
}
