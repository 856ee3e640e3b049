using Microsoft.Data.Sqlite;
using Stedi.Testing;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Stedi.DevStack.Temporal.Tests;

/// <summary>Closed runs after a restart, of which the server reads only visibility rows at its start.</summary>
public sealed class ClosedRunTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("stedi-temporal-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ClosedRun_AfterRestart_IsListedDescribedReadAndDeleted(bool ofFormat1)
    {
        await using (var first = await StartAsync())
        {
            await (await StartWorkflowAsync(first, "open")).SignalAsync("poke", []);
            await (await StartWorkflowAsync(first, "closed")).TerminateAsync("not needed");
        }

        if (ofFormat1)
        {
            // As written by servers of format 1, which did not store settled runs separately.
            await ExecuteAsync("UPDATE records SET kind = 1 WHERE kind = 6; DELETE FROM records WHERE kind = 7; PRAGMA user_version = 1");
        }

        await using (var second = await StartAsync())
        {
            var client = await TemporalClient.ConnectAsync(new(second.Target));
            (await ListAsync(client, "")).ShouldBe(["closed Terminated", "open Running"]);
            (await ListAsync(client, "ExecutionStatus = 'Terminated'")).ShouldBe(["closed Terminated"]);
            var handle = client.GetWorkflowHandle("closed");
            (await handle.DescribeAsync()).CloseTime.ShouldNotBeNull();
            (await handle.FetchHistoryAsync()).Events.Count.ShouldBe(3);
            (await Should.ThrowAsync<RpcException>(() => handle.SignalAsync("poke", []))).Code.ShouldBe(RpcException.StatusCode.NotFound);
            (await StartWorkflowAsync(second, "closed")).ResultRunId.ShouldNotBe((await client.GetWorkflowHandle("open").DescribeAsync()).RunId);
            var terminated = await client.ListWorkflowsAsync("ExecutionStatus = 'Terminated'").SingleAsync(Token);
            await client.Connection.WorkflowService.DeleteWorkflowExecutionAsync(new() { Namespace = "default", WorkflowExecution = new() { WorkflowId = "closed", RunId = terminated.RunId } });
        }

        await using var third = await StartAsync();
        (await ListAsync(await TemporalClient.ConnectAsync(new(third.Target)), "")).ShouldBe(["closed Running", "open Running"]);
    }

    [Fact]
    public async Task Start_WithClosedRuns_ReadsOnlyTheirVisibilityRows()
    {
        await using (var first = await StartAsync())
        {
            await (await StartWorkflowAsync(first, "closed")).TerminateAsync();
        }

        await ExecuteAsync("UPDATE records SET value = x'00' WHERE kind = 6");

        await using var second = await StartAsync();
        var client = await TemporalClient.ConnectAsync(new(second.Target));
        (await ListAsync(client, "")).ShouldBe(["closed Terminated"]);
    }

    private string StateFile => Path.Combine(_folder, "state.db");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Task<TemporalServer> StartAsync() => TemporalServer.StartAsync(new() { StateFile = StateFile }, Token);

    private static async Task<WorkflowHandle> StartWorkflowAsync(TemporalServer server, string id) =>
        await (await TemporalClient.ConnectAsync(new(server.Target))).StartWorkflowAsync("Nothing", [], new(id, Scenario.NewQueue()));

    private static async Task<List<string>> ListAsync(TemporalClient client, string query) =>
        await client.ListWorkflowsAsync(query).Select(run => $"{run.Id} {run.Status}").ToListAsync(Token);

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={StateFile};Pooling=False");
        await connection.OpenAsync(Token);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Token);
    }
}
