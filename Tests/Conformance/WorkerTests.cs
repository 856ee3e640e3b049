using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Stedi.Testing;
using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Stedi.Conformance.Tests;

/// <summary>Listing and describing of workers and task queues.</summary>
public sealed class WorkerTests(ConformanceServer server)
{
    [Fact]
    public Task DescribeTaskQueue_WithWorker_ListsPollersByTaskType() => RunAsync(async (queue, identity) =>
    {
        await Scenario.EventuallyAsync(async () => (await PollersAsync(queue, TaskQueueType.Workflow)).Contains(identity)
            && (await PollersAsync(queue, TaskQueueType.Activity)).Contains(identity));

        (await PollersAsync(Scenario.NewQueue(), TaskQueueType.Workflow)).ShouldBeEmpty();
    });

    [Fact]
    public Task Worker_WhileRunning_IsListedCountedAndDescribed() => RunAsync(async (queue, identity) =>
    {
        await Scenario.EventuallyAsync(async () => (await ListAsync(queue)).Count == 1);
        var listed = (await ListAsync(queue)).Single();

        (listed.WorkerIdentity, listed.TaskQueue, listed.SdkName, listed.Status).ShouldBe((identity, queue, "temporal-dotnet", WorkerStatus.Running));
        (await server.Client.WorkflowService.CountWorkersAsync(new() { Namespace = Namespace, Query = $"TaskQueue=\"{queue}\"" })).Count.ShouldBe(1);
        (await server.Client.WorkflowService.DescribeWorkerAsync(new() { Namespace = Namespace, WorkerInstanceKey = listed.WorkerInstanceKey }))
            .WorkerInfo.WorkerHeartbeat.WorkerIdentity.ShouldBe(identity);
    });

    [Fact]
    public async Task Worker_AfterShutdown_IsNotListed()
    {
        var queue = "";
        await RunAsync(async (name, _) =>
        {
            queue = name;
            await Scenario.EventuallyAsync(async () => (await ListAsync(name)).Count == 1);
        });

        await Scenario.EventuallyAsync(async () => (await ListAsync(queue)).Count == 0);
    }

    [Fact]
    public async Task Backlog_WithoutWorker_IsCounted()
    {
        var queue = Scenario.NewQueue();
        var handle = await server.Client.StartWorkflowAsync((IdleWorkflow wf) => wf.RunAsync("idle"), new($"wf-{Guid.NewGuid()}", queue));

        var waiting = await server.Client.WorkflowService.DescribeTaskQueueAsync(
            new() { Namespace = Namespace, TaskQueue = new() { Name = queue }, TaskQueueType = TaskQueueType.Workflow, ReportStats = true });

        waiting.Stats.ApproximateBacklogCount.ShouldBe(1);
        await handle.TerminateAsync();
    }

    [Fact]
    public async Task Worker_WhenWorkflowTaskFails_LogsNothingElseFirst()
    {
        var log = new ForwardedLog();
        var client = await TemporalClient.ConnectAsync(new(server.Client.Connection.Options.TargetHost!)
        {
            Namespace = Namespace,
            Runtime = new(new() { Telemetry = new() { Logging = new() { Forwarding = new() { Logger = log } } } }),
        });
        var queue = Scenario.NewQueue();
        using var worker = new TemporalWorker(client, new TemporalWorkerOptions(queue).AddWorkflow<IdleWorkflow>());
        await worker.ExecuteAsync(async () =>
        {
            var handle = await client.StartWorkflowAsync((IdleWorkflow wf) => wf.RunAsync("fail the task"), new($"wf-{Guid.NewGuid()}", queue));
            await Scenario.EventuallyAsync(() => Task.FromResult(!log.Lines.IsEmpty));
            await handle.TerminateAsync();
        });

        log.Lines.First().ShouldContain("Failing workflow task");
    }

    private string Namespace => server.Client.Options.Namespace;

    private async Task<IReadOnlyList<string>> PollersAsync(string queue, TaskQueueType type) =>
        [.. (await server.Client.WorkflowService.DescribeTaskQueueAsync(new() { Namespace = Namespace, TaskQueue = new() { Name = queue }, TaskQueueType = type }))
            .Pollers.Select(p => p.Identity)];

    private async Task<IReadOnlyList<Temporalio.Api.Worker.V1.WorkerListInfo>> ListAsync(string queue) =>
        (await server.Client.WorkflowService.ListWorkersAsync(new() { Namespace = Namespace, Query = $"TaskQueue=\"{queue}\"" })).Workers;

    private async Task RunAsync(Func<string, string, Task> body)
    {
        var (queue, identity) = (Scenario.NewQueue(), $"worker-{Guid.NewGuid()}");
        using var worker = new TemporalWorker(
            server.Client, new TemporalWorkerOptions(queue) { Identity = identity }.AddWorkflow<IdleWorkflow>().AddActivity(IdleWorkflow.Nothing));
        await worker.ExecuteAsync(() => body(queue, identity));
    }

    [Workflow]
    public sealed class IdleWorkflow
    {
        // Registered so that the worker polls for activities.
        [Activity]
        public static string Nothing() => "";

        [WorkflowRun]
        public Task RunAsync(string what) =>
            what == "idle" ? Workflow.WaitConditionAsync(() => false) : throw new InvalidOperationException("on purpose");
    }

    private sealed class ForwardedLog : ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue(formatter(state, exception));
    }
}
