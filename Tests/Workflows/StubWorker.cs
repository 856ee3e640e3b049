using Stedi.DevStack.Temporal;
using Stedi.Temporal.Activities;
using Stedi.Temporal.Workflows.Inputs;
using Stedi.Temporal.Workflows.Reports;
using Stedi.Temporal.Workflows.Tests;
using Stedi.Testing;
using Temporalio.Activities;
using Temporalio.Client;
using Temporalio.Worker;
using Temporalio.Worker.Interceptors;

[assembly: AssemblyFixture(typeof(StubWorker))]

namespace Stedi.Temporal.Workflows.Tests;

/// <summary>The embedded server with time skipping, and a worker that runs the workflows against stubbed activities.</summary>
public sealed class StubWorker : IAsyncLifetime
{
    private const string Queue = "stubs";
    private const string Bucket = "stub-lake";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private readonly StubActivities _activities = new();
    private readonly CancellationTokenSource _stopping = new();
    private TemporalServer? _server;
    private TemporalWorker? _worker;
    private Task _working = Task.CompletedTask;
    private TemporalClient? _client;

    public async ValueTask InitializeAsync()
    {
        _server = await TemporalServer.StartAsync(new() { TimeSkipping = true });
        _client = await TemporalClient.ConnectAsync(new(_server.Target) { DataConverter = MeasuredFailures.Converter });
        // The server starts with time skipping locked.
        await _client.Connection.TestService.UnlockTimeSkippingAsync(new());
        _worker = NewWorker(Queue, Bucket);
        _working = _worker.ExecuteAsync(_stopping.Token);
    }

    /// <summary>Makes another worker, which the caller runs and disposes.</summary>
    /// <param name="queue">Its task queue.</param>
    /// <param name="bucket">The bucket of its lake.</param>
    /// <param name="outer">Interceptors that see a step before the product's.</param>
    internal TemporalWorker NewWorker(string queue, string bucket, params IWorkerInterceptor[] outer)
    {
        var options = new TemporalWorkerOptions(queue)
        {
            Interceptors = [.. outer, new StepOwnershipInterceptor(new() { Bucket = bucket })],
            // Cancellations come with the answers to heartbeats, which the SDK would otherwise hold back for seconds.
            DefaultHeartbeatThrottleInterval = TimeSpan.FromMilliseconds(10),
            MaxHeartbeatThrottleInterval = TimeSpan.FromMilliseconds(10),
        };
        options.AddWorkflow<LakehouseWorkflow>().AddWorkflow<RollbackWorkflow>();
        foreach (var type in typeof(StubActivities).GetInterfaces())
        {
            foreach (var definition in ActivityDefinition.CreateAll(type, _activities))
            {
                options.AddActivity(definition);
            }
        }

        return new(_client!, options);
    }

    /// <summary>Runs the lakehouse workflow to its end.</summary>
    internal async Task<LakehouseReport> RunAsync(StubRun run, LakehouseInput? input = null) =>
        await (await StartAsync(run, input)).GetResultAsync().WaitAsync(Deadline);

    internal Task<WorkflowHandle<LakehouseWorkflow, LakehouseReport>> StartAsync(StubRun run, LakehouseInput? input = null, string queue = Queue)
    {
        _activities.Add(run);
        return _client!.StartWorkflowAsync((LakehouseWorkflow workflow) => workflow.RunAsync(input), new(run.WorkflowId, queue));
    }

    /// <summary>Runs the rollback workflow to its end.</summary>
    internal async Task<RollbackReport> RollBackAsync(StubRun run, RollbackInput? input = null) =>
        await (await StartRollbackAsync(run, input)).GetResultAsync().WaitAsync(Deadline);

    internal Task<WorkflowHandle<RollbackWorkflow, RollbackReport>> StartRollbackAsync(StubRun run, RollbackInput? input = null)
    {
        _activities.Add(run);
        return _client!.StartWorkflowAsync((RollbackWorkflow workflow) => workflow.RunAsync(input), Options(run));
    }

    /// <summary>Starts a workflow by name, with whatever JSON somebody may type.</summary>
    internal async Task RunUntypedAsync(StubRun run, string workflow, params IReadOnlyCollection<object?> arguments)
    {
        _activities.Add(run);
        var handle = await _client!.StartWorkflowAsync(workflow, arguments, Options(run));
        await handle.GetResultAsync().WaitAsync(Deadline);
    }

    /// <summary>The ids of the events that a run can be reset to, in order.</summary>
    internal Task<IReadOnlyList<long>> TasksAsync(StubRun run, string runId) => _client!.GetWorkflowHandle(run.WorkflowId, runId).TasksAsync();

    /// <summary>Resets a run to one of its workflow tasks.</summary>
    /// <returns>The new run.</returns>
    internal Task<WorkflowHandle> ResetAsync(StubRun run, string runId, long task) => _client!.ResetAsync(run.WorkflowId, runId, task);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _working.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _worker?.Dispose();
        _stopping.Dispose();
        await _server!.DisposeAsync();
        MeasuredFailures.ShouldBeShort();
    }

    private static WorkflowOptions Options(StubRun run) => new(run.WorkflowId, Queue);
}
