using System.Runtime.CompilerServices;
using Stedi.Testing;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Worker;

namespace Stedi.Temporal.Workflows.Tests.Histories;

/// <summary>
/// Replays histories of earlier runs with the current workflow, so that a change that would break open runs fails here. After
/// an intended change, and if no run is open, record them again with <c>STEDI_RECORD_HISTORIES=1 dotnet test</c>.
/// </summary>
public sealed class RecordedHistoryTests
{
    [Fact]
    public async Task Replay_OfRecordedFullRun_Succeeds()
    {
        if (Environment.GetEnvironmentVariable("STEDI_RECORD_HISTORIES") == "1")
        {
            await RecordAsync();
        }

        await InProcessStack.ReplayAsync(Recorded());
    }

    [Fact]
    public async Task Replay_WhenWorkflowPublishesBeforeItAudits_IsNondeterministic()
    {
        var replayer = new WorkflowReplayer(
            new WorkflowReplayerOptions { DataConverter = StediDataConverter.Instance }.AddWorkflow<ReorderedLakehouseWorkflow>());

        var result = await replayer.ReplayWorkflowAsync(Recorded(), throwOnReplayFailure: false);

        result.ReplayFailure.ShouldBeOfType<WorkflowNondeterminismException>().Message.ShouldContain("Publish");
    }

    private static WorkflowHistory Recorded() => WorkflowHistory.FromJson("stedi-lakehouse", File.ReadAllText(PathOf("full-run.json")));

    private static async Task RecordAsync()
    {
        await using var stack = await InProcessStack.StartAsync();
        await stack.LandGeneratedAsync(new() { Seed = 1, Scale = 0.02 });
        var handle = await stack.StartRunAsync();
        await handle.GetResultAsync();
        await File.WriteAllTextAsync(PathOf("full-run.json"), (await handle.FetchHistoryAsync()).ToJson());
    }

    private static string PathOf(string name, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, name);
}
