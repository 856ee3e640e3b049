using Stedi.DevStack.Landing.Expectations;
using Stedi.Temporal.Workflows.Contracts;
using Stedi.Temporal.Workflows.Reports;
using Stedi.Testing.Faults;

namespace Stedi.EndToEnd.Tests.Faults;

/// <summary>A run through the proxy without faults, to hold disturbed ones against.</summary>
public sealed class FaultFreeRun : IAsyncLifetime
{
    // How often somebody looks whether something has ended depends on how long it takes.
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

    /// <summary>The run published what the generator knows.</summary>
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

    /// <summary>No operation was called more often than undisturbed, but for what went wrong and a few looks around it.</summary>
    internal void ShouldBound(FaultProxy proxy, int callsAFault = 1)
    {
        foreach (var (operation, count) in proxy.CallsByOperation.Where(operation => !Polls.Contains(operation.Key)))
        {
            count.ShouldBeLessThanOrEqualTo(_calls.GetValueOrDefault(operation) + (callsAFault * proxy.Faults("*")), operation);
        }
    }
}
