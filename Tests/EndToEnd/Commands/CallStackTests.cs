using Stedi.Temporal.Worker.Cli;
using Stedi.Temporal.Worker.Cli.Output;
using Stedi.Temporal.Worker.Hosting;
using Stedi.Temporal.Worker.Local;
using Stedi.Temporal.Workflows;
using Stedi.Testing;

namespace Stedi.EndToEnd.Tests.Commands;

public sealed class CallStackTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task A_worker_says_where_a_run_waits()
    {
        _folder.Write("temporal-dev.yaml", "temporal: { port: 0 }\naws: { port: 0 }\n");
        using var silent = new StringWriter();
        var session = new CommandContext { Terminal = new Terminal(silent, silent), Directory = _folder.Path, Variable = _ => null, Program = "stedi", Local = new LocalFeatures() };
        await using var stack = await LakehouseStack.OpenAsync(session, session.LoadSettings(null), TestContext.Current.CancellationToken);
        var client = await stack.ConnectAsync();
        await using var worker = LakehouseWorker.Create(client, stack, TimeProvider.System);
        // An empty lake fails the run, at once and for good.
        var run = await client.StartWorkflowAsync((LakehouseWorkflow workflow) => workflow.RunAsync(new()), new("waits", TaskQueues.Lakehouse));

        var asked = await worker.ExecuteAsync(() => run.QueryAsync<string>("__stack_trace", []), TestContext.Current.CancellationToken);

        asked.ShouldNotBeNull();
    }

    public void Dispose() => _folder.Dispose();
}
