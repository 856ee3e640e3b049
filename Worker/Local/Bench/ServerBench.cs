using System.Diagnostics;
using Stedi.DevStack.Temporal;
using Stedi.Temporal.Worker.Cli;
using Temporalio.Client;
using Temporalio.Worker;

namespace Stedi.Temporal.Worker.Local.Bench;

/// <summary>Workflows of one activity, on a server whose state is in memory and on one whose state is in SQLite.</summary>
/// <param name="Workflows">How many a round.</param>
/// <param name="Concurrency">How many are under way at a time.</param>
/// <param name="Rounds">Each a round in memory and the one on SQLite beside it.</param>
public sealed record ServerResult(int Workflows, int Concurrency, IReadOnlyList<ServerPair> Rounds)
{
    /// <summary>The median of the rounds' ratios of throughput, SQLite to memory.</summary>
    public double Ratio => Statistics.Median(Rounds.Select(round => round.Sqlite.WorkflowsPerSecond / round.Memory.WorkflowsPerSecond));
}

public sealed record ServerPair(ServerRound Memory, ServerRound Sqlite);

/// <param name="P50Milliseconds">Of a workflow, from the client's call to its result.</param>
/// <param name="P99Milliseconds">The same, of the slowest hundredth.</param>
/// <param name="CpuMilliseconds">A workflow; server, worker and client together, which share the process.</param>
public sealed record ServerRound(double WorkflowsPerSecond, double P50Milliseconds, double P99Milliseconds, double CpuMilliseconds);

internal static class ServerBench
{
    private const int Concurrency = 64;

    public static async Task<ServerResult> RunAsync(CommandContext session, int workflows, int rounds, CancellationToken cancellationToken)
    {
        var directory = Directory.CreateTempSubdirectory("stedi-bench-");
        try
        {
            await OnNewServerAsync(null, workflows, cancellationToken);
            var measured = new List<ServerPair>();
            for (var i = 0; i < rounds; i++)
            {
                var memory = await OnNewServerAsync(null, workflows, cancellationToken);
                var sqlite = await OnNewServerAsync(Path.Combine(directory.FullName, $"{i}.db"), workflows, cancellationToken);
                measured.Add(new(memory, sqlite));
                session.WriteStatus($"Round {i + 1} of {rounds}: in memory {memory.WorkflowsPerSecond:F0}, on SQLite {sqlite.WorkflowsPerSecond:F0} workflows a second");
            }

            return new(workflows, Concurrency, measured);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    /// <summary>One round on a server that is up.</summary>
    public static async Task<ServerRound> MeasureAsync(ITemporalClient client, int workflows, CancellationToken cancellationToken)
    {
        var round = Guid.NewGuid();
        using var worker = new TemporalWorker(
            client,
            new TemporalWorkerOptions($"bench-{round}") { MaxCachedWorkflows = 2000 }.AddWorkflow<OneActivityWorkflow>().AddActivity(OneActivityWorkflow.Activity));
        var latencies = new double[workflows];
        var (_, use) = await worker.ExecuteAsync(
            () => ResourceMeter.MeasureAsync(async () =>
            {
                await Parallel.ForAsync(0, workflows, new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken }, async (i, _) =>
                {
                    var watch = Stopwatch.StartNew();
                    await client.ExecuteWorkflowAsync((OneActivityWorkflow workflow) => workflow.RunAsync(), new($"{round}-{i}", $"bench-{round}"));
                    latencies[i] = watch.Elapsed.TotalMilliseconds;
                });
                return workflows;
            }),
            cancellationToken);
        Array.Sort(latencies);
        return new(workflows / use.Seconds, Statistics.Percentile(latencies, 0.5), Statistics.Percentile(latencies, 0.99), use.CpuSeconds * 1000 / workflows);
    }

    private static async Task<ServerRound> OnNewServerAsync(string? stateFile, int workflows, CancellationToken cancellationToken)
    {
        await using var server = await TemporalServer.StartAsync(new() { StateFile = stateFile }, cancellationToken);
        return await MeasureAsync(await TemporalClient.ConnectAsync(new(server.Target)), workflows, cancellationToken);
    }
}
