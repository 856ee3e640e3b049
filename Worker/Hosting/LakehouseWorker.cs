using Microsoft.Extensions.DependencyInjection;
using Stedi.Temporal.Activities;
using Stedi.Temporal.Workflows;
using Stedi.Temporal.Workflows.Contracts;
using Temporalio.Client;
using Temporalio.Extensions.Hosting;
using Temporalio.Worker;

namespace Stedi.Temporal.Worker.Hosting;

/// <summary>Runs the lakehouse workflow and its steps: the composition of a worker.</summary>
internal sealed class LakehouseWorker : IAsyncDisposable
{
    private static readonly Type[] Activities =
    [
        typeof(ICatalogActivities),
        typeof(IConsentActivities),
        typeof(ICurationActivities),
        typeof(ISensorActivities),
        typeof(IAuditActivities),
        typeof(IPublishingActivities),
        typeof(ILineageActivities),
    ];

    private readonly ServiceProvider _services;
    private readonly TemporalWorker _worker;

    private LakehouseWorker(ServiceProvider services, TemporalWorker worker) => (_services, _worker) = (services, worker);

    /// <summary>Makes a worker for a stack's lake; it works while <see cref="ExecuteAsync{T}"/> runs.</summary>
    public static LakehouseWorker Create(ITemporalClient client, LakehouseStack stack, TimeProvider time)
    {
        var services = new ServiceCollection()
            .AddSingleton(time)
            .AddSingleton(stack.Logs)
            .AddLogging()
            .AddSingleton(stack.Worker.S3)
            .AddSingleton(stack.Worker.Glue)
            .AddSingleton(stack.Worker.Athena)
            .AddSingleton(client)
            .AddLakehouseActivities(stack.Lake)
            .BuildServiceProvider();

        var options = new TemporalWorkerOptions(TaskQueues.Lakehouse)
        {
            LoggerFactory = stack.Logs,
            // Asked for by the call stack of the Web UI: where a run waits.
            WorkflowStackTrace = WorkflowStackTrace.Normal,
        };
        options.AddWorkflow<LakehouseWorkflow>().AddWorkflow<RollbackWorkflow>();
        foreach (var activity in Activities.SelectMany(services.CreateTemporalActivityDefinitions))
        {
            options.AddActivity(activity);
        }

        return new(services, new TemporalWorker(client, options));
    }

    /// <summary>Works until <paramref name="until"/> is done or cancelled.</summary>
    public Task<T> ExecuteAsync<T>(Func<Task<T>> until, CancellationToken cancellationToken) => _worker.ExecuteAsync(until, cancellationToken);

    /// <summary>Works until cancelled.</summary>
    public Task ExecuteAsync(CancellationToken cancellationToken) => _worker.ExecuteAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _worker.Dispose();
        await _services.DisposeAsync();
    }
}
