using System.Diagnostics;
using Stedi.DevStack.Temporal;
using Stedi.Temporal.Worker.Cli;
using Temporalio.Client;
using Temporalio.Worker;

namespace Stedi.Temporal.Worker.Local.Bench;

/// <summary>Measures workflows of one activity on a server with its state in memory and on one with its state in SQLite.</summary>
/// <param name="Workflows">The number of workflows per round.</param>
/// <param name="Concurrency">The number of concurrent workflows.</param>
/// <param name="Rounds">The measured pairs: a round in memory and a round on SQLite each.</param>
public sealed record ServerResult(int Workflows, int Concurrency, IReadOnlyList<ServerPair> Rounds)
{
    /// <summary>The median ratio of the throughput on SQLite to that in memory.</summary>
    public double Ratio => Statistics.Median(Rounds.Select(round => round.Sqlite.WorkflowsPerSecond / round.Memory.WorkflowsPerSecond));
}

public sealed record ServerPair(ServerRound Memory, ServerRound Sqlite);

/// <param name="P50Milliseconds">The median time of a workflow, from the client's call to its result.</param>
/// <param name="P99Milliseconds">The 99th percentile of that time.</param>
/// <param name="CpuMilliseconds">The processor time per workflow of server, worker and client, which share the process.</param>
public sealed record ServerRound(double WorkflowsPerSecond, double P50Milliseconds, double P99Milliseconds, double CpuMilliseconds);

internal static class ServerBench
{
    private const int Concurrency = 64;

    public static async Task<ServerResult> RunAsync(CommandContext context, int workflows, int rounds, CancellationToken cancellationToken)
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
                context.WriteStatus($"Round {i + 1} of {rounds}: in memory {memory.WorkflowsPerSecond:F0}, on SQLite {sqlite.WorkflowsPerSecond:F0} workflows a second");
            }

            return new(workflows, Concurrency, measured);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    /// <summary>Runs one round on a running server.</summary>
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
