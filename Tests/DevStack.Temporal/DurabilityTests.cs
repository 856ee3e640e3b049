using Microsoft.Data.Sqlite;
using Stedi.DevStack.Temporal.Common;
using Stedi.Testing;
using Temporalio.Activities;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Stedi.DevStack.Temporal.Tests;

[Collection(ProcessesCollection.Name)]
public sealed class DurabilityTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("stedi-temporal-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Restart_AfterKill_ContinuesWorkflows()
    {
        var queue = Scenario.NewQueue();
        string[] ids = [.. Enumerable.Range(0, 5).Select(i => $"wf-{i}")];
        var random = TestSeed.NewRandom();
        using var server = new ServerProcess(StateFile);
        var client = await server.StartAsync();
        foreach (var id in ids)
        {
            await client.StartWorkflowAsync((DurableWorkflow wf) => wf.RunAsync(12), new(id, queue) { TaskTimeout = TimeSpan.FromSeconds(1) });
        }

        using var worker = new TemporalWorker(
            client, new TemporalWorkerOptions(queue).AddWorkflow<DurableWorkflow>().AddActivity(DurableWorkflow.Step));
        var results = new List<string>();
        await worker.ExecuteAsync(async () =>
        {
            for (var kill = 0; kill < 6; kill++)
            {
                await client.GetWorkflowHandle<DurableWorkflow>(ids[kill % ids.Length]).SignalAsync(wf => wf.NoteAsync(kill));
                await Task.Delay(random.Next(50, 400));
                server.Kill();
                await server.StartAsync();
            }

            foreach (var id in ids)
            {
                await client.GetWorkflowHandle<DurableWorkflow>(id).SignalAsync(wf => wf.NoteAsync(-1));
                results.Add(await client.GetWorkflowHandle<DurableWorkflow, string>(id).GetResultAsync().WaitAsync(TimeSpan.FromMinutes(2)));
            }
        });

        results.ShouldBe(["12:0,5,-1", "12:1,-1", "12:2,-1", "12:3,-1", "12:4,-1"]);
        foreach (var id in ids)
        {
            var history = await client.GetWorkflowHandle(id).FetchHistoryAsync();
            history.Events.Select(e => e.EventId).ShouldBe(Enumerable.Range(1, history.Events.Count).Select(i => (long)i));
            await new WorkflowReplayer(new WorkflowReplayerOptions().AddWorkflow<DurableWorkflow>()).ReplayWorkflowAsync(history);
        }
    }

    [Fact]
    public async Task Start_WhenStateFileIsInUse_Fails()
    {
        await using var first = await TemporalServer.StartAsync(new() { StateFile = StateFile });

        var error = await Should.ThrowAsync<TemporalServerException>(() => TemporalServer.StartAsync(new() { StateFile = StateFile }));

        error.Message.ShouldContain("in use");
    }

    [Fact]
    public async Task Start_WhenPortIsTaken_NamesThePort()
    {
        await using var first = await TemporalServer.StartAsync(new());
        var port = int.Parse(first.Target.Split(':')[1]);

        var error = await Should.ThrowAsync<TemporalServerException>(() => TemporalServer.StartAsync(new() { Port = port }));

        error.Message.ShouldContain($"Port {port}");
    }

    [Fact]
    public async Task Start_WithDamagedStateFile_FailsAndLeavesFileUnchanged()
    {
        await (await TemporalServer.StartAsync(new() { StateFile = StateFile })).DisposeAsync();
        var bytes = await File.ReadAllBytesAsync(StateFile);
        bytes.AsSpan(4096).Fill(0xA5);
        await File.WriteAllBytesAsync(StateFile, bytes);

        await ShouldRejectFileAsync("damaged", bytes);
    }

    [Fact]
    public async Task Start_WithFileThatIsNoDatabase_FailsAndLeavesFileUnchanged()
    {
        var bytes = Enumerable.Repeat((byte)'x', 5000).ToArray();
        await File.WriteAllBytesAsync(StateFile, bytes);

        await ShouldRejectFileAsync("damaged", bytes);
    }

    [Theory]
    [InlineData("PRAGMA user_version = 99", "newer version")]
    [InlineData("PRAGMA application_id = 7", "not a state file")]
    public async Task Start_WithForeignDatabase_FailsAndLeavesFileUnchanged(string change, string reason)
    {
        await (await TemporalServer.StartAsync(new() { StateFile = StateFile })).DisposeAsync();
        await using (var connection = new SqliteConnection($"Data Source={StateFile};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = change;
            await command.ExecuteNonQueryAsync();
        }

        await ShouldRejectFileAsync(reason, await File.ReadAllBytesAsync(StateFile));
    }

    private string StateFile => Path.Combine(_folder, "state.db");

    private async Task ShouldRejectFileAsync(string reason, byte[] before)
    {
        var error = await Should.ThrowAsync<TemporalServerException>(() => TemporalServer.StartAsync(new() { StateFile = StateFile }));

        error.Message.ShouldContain(reason);
        (await File.ReadAllBytesAsync(StateFile)).ShouldBe(before);
    }

    [Workflow]
    public sealed class DurableWorkflow
    {
        private readonly List<int> _notes = [];

        [Activity]
        public static int Step(int number) => number + 1;

        [WorkflowRun]
        public async Task<string> RunAsync(int steps)
        {
            var number = 0;
            while (number < steps)
            {
                number = await Workflow.ExecuteActivityAsync(
                    () => Step(number),
                    new() { StartToCloseTimeout = TimeSpan.FromSeconds(1), RetryPolicy = new() { InitialInterval = TimeSpan.FromMilliseconds(50) } });
                await Workflow.DelayAsync(TimeSpan.FromMilliseconds(20));
            }

            await Workflow.WaitConditionAsync(() => _notes.Contains(-1));
            return $"{number}:{string.Join(',', _notes)}";
        }

        [WorkflowSignal]
        public Task NoteAsync(int note)
        {
            _notes.Add(note);
            return Task.CompletedTask;
        }
    }
}
