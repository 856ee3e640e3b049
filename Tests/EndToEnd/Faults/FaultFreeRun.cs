using Stedi.DevStack.Landing.Expectations;
using Stedi.Temporal.Workflows.Contracts;
using Stedi.Temporal.Workflows.Reports;
using Stedi.Testing.Faults;

namespace Stedi.EndToEnd.Tests.Faults;

/// <summary>A run through the proxy without faults, to compare runs with faults against.</summary>
public sealed class FaultFreeRun : IAsyncLifetime
{
    // The number of polls depends on how long the polled operation takes.
    private static readonly string[] Polls = ["athena:GetQueryExecution", "glue:GetCrawler"];

    private IReadOnlyDictionary<string, int> _calls = new Dictionary<string, int>();

    public async ValueTask InitializeAsync()
    {
        await using var lake = await FaultyLake.StartAsync();
        var report = await lake.RunAsync();
        ShouldHold(report, lake);
        lake.Proxy.Faults("*").ShouldBe(0);
        _calls = lake.Proxy.CallsByOperation;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Asserts that the run published what the generator expects.</summary>
    internal static void ShouldHold(LakehouseReport report, FaultyLake lake)
    {
        report.Snapshot.Outcome.ShouldBe(PublishOutcome.Published);
        var truth = lake.Truth.Given;
        report.Tables.ToDictionary(table => table.Table, table => table.Rows).ShouldBe(
            new Dictionary<string, long>
            {
                [LakeTables.CustomerTrusted] = truth.CustomerTrusted,
                [LakeTables.AccelerometerTrusted] = truth.AccelerometerTrusted,
                [LakeTables.CustomersCurated] = truth.CustomersCurated,
                [LakeTables.StepTrainerTrusted] = truth.StepTrainerTrusted,
                [LakeTables.MachineLearningCurated] = truth.MachineLearningCurated,
            },
            ignoreOrder: true);
        report.LeftOut.ToDictionary(left => new Exclusion(left.Table, left.Reason), left => left.Rows).ShouldBe(truth.LeftOut.ToDictionary(), ignoreOrder: true);
    }

    /// <summary>Asserts that no operation was called more often than without faults, apart from a few calls per fault.</summary>
    internal void ShouldBound(FaultProxy proxy, int callsPerFault = 1)
    {
        foreach (var (operation, count) in proxy.CallsByOperation.Where(operation => !Polls.Contains(operation.Key)))
        {
            count.ShouldBeLessThanOrEqualTo(_calls.GetValueOrDefault(operation) + (callsPerFault * proxy.Faults("*")), operation);
        }
    }
}
