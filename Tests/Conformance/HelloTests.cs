using Temporalio.Activities;
using Temporalio.Client;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Stedi.Conformance.Tests;

public sealed class HelloTests(ConformanceServer server)
{
    [Fact]
    public async Task Workflow_WithOneActivity_Completes()
    {
        var queue = $"tq-{Guid.NewGuid()}";
        using var worker = new TemporalWorker(server.Client, new TemporalWorkerOptions(queue).AddWorkflow<HelloWorkflow>().AddActivity(HelloWorkflow.Greet));
        await worker.ExecuteAsync(async () =>
        {
            var result = await server.Client.ExecuteWorkflowAsync((HelloWorkflow wf) => wf.RunAsync("STEDI"), new($"wf-{Guid.NewGuid()}", queue));
            result.ShouldBe("Hello, STEDI!");
        });
    }

    [Workflow]
    public sealed class HelloWorkflow
    {
        [Activity]
        public static string Greet(string name) => $"Hello, {name}!";

        [WorkflowRun]
        public Task<string> RunAsync(string name) =>
            Workflow.ExecuteActivityAsync(() => Greet(name), new() { StartToCloseTimeout = TimeSpan.FromSeconds(10) });
    }
}
