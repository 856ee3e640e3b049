using Stedi.Temporal.Worker.Hosting;
using Stedi.Temporal.Workflows;
using Stedi.Testing;

namespace Stedi.EndToEnd.Tests.Commands;

public sealed class CallStackTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task StackTraceQuery_OfARun_IsAnsweredByTheWorker()
    {
        _folder.Write("temporal-dev.yaml", "temporal: { port: 0 }\naws: { port: 0 }\n");
        await using var stack = await TestCommandContext.OpenStackAsync(_folder.Path);
        var client = await stack.ConnectAsync();
        using var worker = Program.CreateWorkerHost(stack, client, TimeProvider.System);
        // The run fails at once because the lake is empty.
        var run = await client.StartWorkflowAsync((LakehouseWorkflow workflow) => workflow.RunAsync(new()), new("waits", TaskQueues.Local));

        var stackTrace = await worker.RunUntilAsync(() => run.QueryAsync<string>("__stack_trace", []), TestContext.Current.CancellationToken);

        stackTrace.ShouldNotBeNull();
    }

    public void Dispose() => _folder.Dispose();
}
