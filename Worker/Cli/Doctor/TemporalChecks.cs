using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Worker.Hosting;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;

namespace Stedi.Temporal.Worker.Cli.Doctor;

/// <summary>Checks the Temporal server, and that no worker of another lake polls the lake's task queue.</summary>
/// <param name="connect">Connects to Temporal.</param>
/// <param name="lake">The lake.</param>
/// <param name="taskQueue">The lake's task queue.</param>
internal sealed class TemporalChecks(Func<Task<TemporalClient>> connect, LakeOptions lake, string taskQueue)
{
    private TemporalClient? _client;

    /// <summary>The checks, in the order in which a run needs their subjects.</summary>
    public IReadOnlyList<Check> All => [
        new("Temporal server", "Check TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE and the credentials, or temporal.address in temporal-dev.yaml.", async token =>
        {
            var client = await connect();
            await client.WorkflowService.DescribeNamespaceAsync(new() { Namespace = client.Options.Namespace }, new() { CancellationToken = token });
            _client = client;
            return $"{client.Connection.Options.TargetHost}, namespace {client.Options.Namespace}";
        }),
        new("Task queue", "Stop those workers, or give each lake a task queue of its own: temporal.taskQueue in temporal-dev.yaml.", TaskQueueAsync),
    ];

    private async Task<string> TaskQueueAsync(CancellationToken cancellationToken)
    {
        var client = _client ?? throw new CheckNotTriedException("the namespace cannot be used");
        var workers = new HashSet<string>();
        foreach (var type in (TaskQueueType[])[TaskQueueType.Workflow, TaskQueueType.Activity])
        {
            var described = await client.WorkflowService.DescribeTaskQueueAsync(
                new() { Namespace = client.Options.Namespace, TaskQueue = new() { Name = taskQueue }, TaskQueueType = type }, new() { CancellationToken = cancellationToken });
            workers.UnionWith(described.Pollers.Select(poller => poller.Identity));
        }

        var foreign = workers.Where(worker => WorkerIdentity.LakeOf(worker) != lake.Identity).Order(StringComparer.Ordinal).ToList();
        return foreign.Count == 0
            ? $"{taskQueue}, {(workers.Count == 0 ? "which no worker polls yet" : "polled by workers of this lake only")}"
            : throw new CheckFailedException($"{taskQueue} is polled by workers that do not serve {lake.Identity}: {string.Join(", ", foreign)}");
    }
}
