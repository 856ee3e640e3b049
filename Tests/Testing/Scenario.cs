using System.Linq.Expressions;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Worker;

namespace Stedi.Testing;

/// <summary>A worker on a task queue of its own. Every history it makes is replayed when the scenario ends.</summary>
public sealed class Scenario
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private readonly List<WorkflowHandle> _started = [];

    private Scenario(ITemporalClient client, string queue)
    {
        Client = client;
        Queue = queue;
    }

    public ITemporalClient Client { get; }

    public string Queue { get; }

    public static string NewQueue() => $"tq-{Guid.NewGuid()}";

    /// <summary>Runs a worker while the body runs, then replays.</summary>
    public static async Task RunAsync(ITemporalClient client, Action<TemporalWorkerOptions> configure, Func<Scenario, Task> body)
    {
        var scenario = new Scenario(client, NewQueue());
        var options = new TemporalWorkerOptions(scenario.Queue);
        configure(options);
        using (var worker = new TemporalWorker(client, options))
        {
            await worker.ExecuteAsync(() => body(scenario).WaitAsync(Deadline));
        }

        await scenario.ReplayAsync(options);
    }

    public WorkflowOptions Options(string? id = null) => new(id ?? $"wf-{Guid.NewGuid()}", Queue);

    public async Task<WorkflowHandle<TWorkflow, TResult>> StartAsync<TWorkflow, TResult>(
        Expression<Func<TWorkflow, Task<TResult>>> run, WorkflowOptions? options = null)
    {
        var handle = await Client.StartWorkflowAsync(run, options ?? Options());
        _started.Add(handle);
        return handle;
    }

    public async Task<WorkflowHandle<TWorkflow>> StartAsync<TWorkflow>(Expression<Func<TWorkflow, Task>> run, WorkflowOptions? options = null)
    {
        var handle = await Client.StartWorkflowAsync(run, options ?? Options());
        _started.Add(handle);
        return handle;
    }

    public static async Task<IReadOnlyList<HistoryEvent>> EventsAsync(WorkflowHandle handle) =>
        [.. (await handle.FetchHistoryAsync()).Events];

    public static async Task<HistoryEvent> EventAsync(WorkflowHandle handle, EventType type) =>
        (await EventsAsync(handle)).First(e => e.EventType == type);

    public Task<DescribeWorkflowExecutionResponse> DescribeAsync(WorkflowHandle handle) =>
        Client.WorkflowService.DescribeWorkflowExecutionAsync(
            new() { Namespace = Client.Options.Namespace, Execution = new() { WorkflowId = handle.Id } });

    /// <summary>Registers search attributes that are not registered. Concurrent tests may register them too.</summary>
    public static async Task RegisterAsync(ITemporalClient client, params SearchAttributeKey[] keys)
    {
        foreach (var key in keys)
        {
            try
            {
                await client.OperatorService.AddSearchAttributesAsync(
                    new() { Namespace = client.Options.Namespace, SearchAttributes = { [key.Name] = key.ValueType } });
            }
            catch (RpcException e) when (e.Code == RpcException.StatusCode.AlreadyExists)
            {
                // Another test has registered it.
            }
        }
    }

    /// <summary>Polls until a condition is true, for at most ten seconds.</summary>
    public static async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!await condition())
        {
            await Task.Delay(20, deadline.Token);
        }
    }

    /// <summary>Heartbeats from outside the worker until the response says that the activity was cancelled.</summary>
    public static Task HearsOfCancellationAsync(AsyncActivityHandle activity) => EventuallyAsync(async () =>
    {
        try
        {
            await activity.HeartbeatAsync();
            return false;
        }
        catch (AsyncActivityCanceledException)
        {
            return true;
        }
    });

    /// <summary>The activity failure that is the cause of a failed workflow.</summary>
    public static async Task<ActivityFailureException> ActivityFailureAsync(WorkflowHandle handle)
    {
        var failed = await Should.ThrowAsync<WorkflowFailedException>(() => handle.GetResultAsync());
        return failed.InnerException.ShouldBeOfType<ActivityFailureException>();
    }

    private async Task ReplayAsync(TemporalWorkerOptions options)
    {
        var replayer = new WorkflowReplayerOptions();
        foreach (var workflow in options.Workflows)
        {
            replayer.Workflows.Add(workflow);
        }

        foreach (var handle in _started)
        {
            var history = await handle.FetchHistoryAsync();
            await new WorkflowReplayer(replayer).ReplayWorkflowAsync(new WorkflowHistory(handle.Id, history.Events));
        }
    }
}
