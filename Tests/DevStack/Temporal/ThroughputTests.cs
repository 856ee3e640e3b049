using System.Diagnostics;
using Stedi.DevStack.Temporal;
using Stedi.Temporal.Tests.Conformance;
using Temporalio.Activities;
using Temporalio.Client;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Stedi.Temporal.Tests.DevStack.Temporal;

public sealed class ThroughputTests : IDisposable
{
    private const int Workflows = 600;
    private readonly string folder = Directory.CreateTempSubdirectory("stedi-temporal-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    // A measurement, not a check: it needs a quiet machine. Run it with -explicit only.
    [Fact(Explicit = true)]
    public async Task Durable_state_keeps_seven_tenths_of_the_throughput()
    {
        await MeasureAsync(null);
        var memory = await MeasureAsync(null);
        var durable = await MeasureAsync(Path.Combine(folder, "state.db"));
        TestContext.Current.TestOutputHelper!.WriteLine($"memory {memory:F0}, durable {durable:F0} workflows/s");

        (durable / memory).ShouldBeGreaterThan(0.7);
    }

    private static async Task<double> MeasureAsync(string? stateFile)
    {
        await using var server = await TemporalServer.StartAsync(new() { StateFile = stateFile });
        var client = await TemporalClient.ConnectAsync(new(server.Target));
        var queue = Scenario.NewQueue();
        using var worker = new TemporalWorker(
            client, new TemporalWorkerOptions(queue) { MaxCachedWorkflows = 2000 }.AddWorkflow<OneStepWorkflow>().AddActivity(OneStepWorkflow.Step));
        var watch = new Stopwatch();
        await worker.ExecuteAsync(async () =>
        {
            watch.Start();
            await Parallel.ForAsync(0, Workflows, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, _) =>
                await client.ExecuteWorkflowAsync((OneStepWorkflow wf) => wf.RunAsync(), new($"wf-{i}", queue)));
            watch.Stop();
        });
        return Workflows / watch.Elapsed.TotalSeconds;
    }

    [Workflow]
    public sealed class OneStepWorkflow
    {
        [Activity]
        public static void Step()
        {
        }

        [WorkflowRun]
        public Task RunAsync() => Workflow.ExecuteActivityAsync(() => Step(), new() { StartToCloseTimeout = TimeSpan.FromSeconds(10) });
    }
}
