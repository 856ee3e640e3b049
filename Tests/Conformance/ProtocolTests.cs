using System.Reflection;
using Stedi.Testing;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Stedi.Conformance.Tests;

public sealed class ProtocolTests(ConformanceServer server)
{
    [Fact]
    public async Task HealthCheck_OfServer_IsServing() =>
        (await server.Client.Connection.CheckHealthAsync()).ShouldBeTrue();

    [Theory]
    [InlineData(typeof(Temporalio.Client.WorkflowService))]
    [InlineData(typeof(Temporalio.Client.OperatorService))]
    public async Task Method_WithEmptyRequest_ReturnsDefiniteCodePromptly(Type type)
    {
        object service = type == typeof(Temporalio.Client.WorkflowService) ? server.Client.WorkflowService : server.Client.OperatorService;
        var methods = type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(m => m.Name.EndsWith("Async", StringComparison.Ordinal) && m.GetParameters().Length == 2);
        foreach (var method in methods)
        {
            var request = Activator.CreateInstance(method.GetParameters()[0].ParameterType);
            var call = (Task)method.Invoke(service, [request, new RpcOptions { Retry = false, Timeout = TimeSpan.FromSeconds(15) }])!;
            try
            {
                await call;
            }
            catch (RpcException e)
            {
                e.Code.ShouldBeOneOf(
                    [RpcException.StatusCode.Unimplemented, RpcException.StatusCode.InvalidArgument, RpcException.StatusCode.NotFound],
                    $"{method.Name}: {e.Message}");
            }
        }
    }

    [Fact]
    public async Task Worker_InUnknownNamespace_IsRejected()
    {
        var client = await TemporalClient.ConnectAsync(new(server.Client.Connection.Options.TargetHost!) { Namespace = "no-such-namespace" });
        using var worker = new TemporalWorker(client, new TemporalWorkerOptions(Scenario.NewQueue()).AddWorkflow<IdleWorkflow>());

        var failed = await Should.ThrowAsync<Exception>(() => worker.ExecuteAsync(() => Task.Delay(Timeout.Infinite)));

        failed.ToString().ShouldContain("no-such-namespace");
    }

    [Fact]
    public async Task Poll_WithoutTask_ReturnsDefaultResponse()
    {
        var poll = await server.Client.WorkflowService.PollWorkflowTaskQueueAsync(
            new() { Namespace = server.Client.Options.Namespace, TaskQueue = new() { Name = Scenario.NewQueue() } },
            new() { Timeout = TimeSpan.FromSeconds(2) });

        poll.ShouldBe(new PollWorkflowTaskQueueResponse());
    }

    [Workflow]
    public sealed class IdleWorkflow
    {
        [WorkflowRun]
        public Task RunAsync() => Workflow.WaitConditionAsync(() => false);
    }
}
