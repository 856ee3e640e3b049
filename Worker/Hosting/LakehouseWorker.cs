using Microsoft.Extensions.DependencyInjection;
using Stedi.Temporal.Activities;
using Stedi.Temporal.Workflows;
using Stedi.Temporal.Workflows.Contracts;
using Temporalio.Client;
using Temporalio.Extensions.Hosting;
using Temporalio.Worker;

namespace Stedi.Temporal.Worker.Hosting;

/// <summary>Runs the lakehouse workflow and its steps: the composition of a worker.</summary>
sealed class LakehouseWorker : IAsyncDisposable
{
    static readonly Type[] activities =
    [
        typeof(ICatalogActivities),
        typeof(IConsentActivities),
        typeof(ICurationActivities),
        typeof(ISensorActivities),
        typeof(IAuditActivities),
        typeof(IPublishingActivities),
        typeof(ILineageActivities),
    ];

    readonly ServiceProvider services;
    readonly TemporalWorker worker;

    LakehouseWorker(ServiceProvider services, TemporalWorker worker) => (this.services, this.worker) = (services, worker);

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
        foreach (var activity in activities.SelectMany(services.CreateTemporalActivityDefinitions))
        {
            options.AddActivity(activity);
        }

        return new(services, new TemporalWorker(client, options));
    }

    /// <summary>Works until <paramref name="until"/> is done or cancelled.</summary>
    public Task<T> ExecuteAsync<T>(Func<Task<T>> until, CancellationToken cancellationToken) => worker.ExecuteAsync(until, cancellationToken);

    /// <summary>Works until cancelled.</summary>
    public Task ExecuteAsync(CancellationToken cancellationToken) => worker.ExecuteAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        worker.Dispose();
        await services.DisposeAsync();
    }
}
