using Grpc.AspNetCore.Server.Model;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Commits;
using Stedi.DevStack.Temporal.Engine.Matching;
using Stedi.DevStack.Temporal.Engine.Outbox;
using Stedi.DevStack.Temporal.Engine.Timers;
using Stedi.DevStack.Temporal.Engine.Transitions;
using Stedi.DevStack.Temporal.Http;
using Stedi.DevStack.Temporal.Namespaces;
using Stedi.DevStack.Temporal.Queries;
using Stedi.DevStack.Temporal.Rpc;
using Stedi.DevStack.Temporal.Schedules;
using Stedi.DevStack.Temporal.Storage;
using Stedi.DevStack.Temporal.TimeSkipping;
using Stedi.DevStack.Temporal.Updates;
using Stedi.DevStack.Temporal.Visibility;
using Stedi.DevStack.Temporal.Workers;
using Stedi.DevStack.Temporal.Workflows;
using Stedi.DevStack.Temporal.WorkflowTasks;

namespace Stedi.DevStack.Temporal;

/// <summary>Registers the server's services, starts them and stops them.</summary>
internal sealed class ServerComposition : IAsyncDisposable
{
    private readonly TemporalServerOptions _options;
    private readonly IStateStore _store;
    private readonly VirtualClock _clock;
    private TimerQueue? _timers;
    private OutboxDispatcher? _outbox;
    private ScheduleLoop? _schedules;

    private ServerComposition(TemporalServerOptions options, IStateStore store)
    {
        _options = options;
        _store = store;
        _clock = new(options.TimeProvider);
    }

    public ServerLifetime Lifetime { get; } = new();

    public static ServerComposition Create(TemporalServerOptions options) =>
        new(options, options.StateFile is { } file ? new SqliteStateStore(file) : new MemoryStateStore());

    public void Register(IServiceCollection services)
    {
        var catalog = new OperationCatalog();
        services.TryAddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        services.TryAdd(ServiceDescriptor.Singleton(typeof(ILogger<>), typeof(Logger<>)));
        services.AddSingleton(Lifetime);
        services.AddSingleton(_store);
        services.AddSingleton(_clock);
        services.AddSingleton<TimeProvider>(_clock);
        services.AddSingleton(ServerSettings.From(_options.DynamicConfig));
        services.AddSingleton(catalog);
        services.AddSingleton(new UiOptions(_options.Namespace, _options.UiAssetPath, _options.PageGraphs, _options.TimeSkipping));
        services.AddSingleton<HttpApi>();
        services.AddSingleton<Diagnostics>();
        services.AddSingleton<HistoryDownload>();
        services.AddSingleton<PageGraphs>();
        services.AddSingleton<UiSite>();
        services.AddSingleton<OperationInvoker>();
        services.AddSingleton<NamespaceDirectory>();
        services.AddSingleton<RunCache>();
        services.AddSingleton<CommitPipeline>();
        services.AddSingleton<ExecutionDirectory>();
        services.AddSingleton<TaskQueueDirectory>();
        services.AddSingleton<WorkerDirectory>();
        services.AddSingleton<StickyFallback>();
        services.AddSingleton<TimerQueue>();
        services.AddSingleton<HistoryLongPoll>();
        services.AddSingleton<PollLoop>();
        services.AddSingleton<QueryRegistry>();
        services.AddSingleton<UpdateRegistry>();
        services.AddSingleton<UpdateLongPoll>();
        services.AddSingleton<WorkflowTaskStarter>();
        services.AddSingleton<SearchAttributeCatalog>();
        services.AddSingleton<SearchAttributeValidator>();
        services.AddSingleton<VisibilityIndex>();
        services.AddSingleton<OutboxDispatcher>();
        services.AddSingleton<Recovery>();
        services.AddSingleton<ScheduleDirectory>();
        services.AddSingleton<ScheduleActions>();
        services.AddSingleton<ScheduleRunner>();
        services.AddSingleton<ScheduleLoop>();
        services.AddSingleton<TimeSkipper>();
        services.AddSingleton<IServiceMethodProvider<WorkflowServiceEndpoint>, OperationBinder<WorkflowServiceEndpoint>>();
        services.AddSingleton<IServiceMethodProvider<OperatorServiceEndpoint>, OperationBinder<OperatorServiceEndpoint>>();
        services.AddSingleton<IServiceMethodProvider<TestServiceEndpoint>, OperationBinder<TestServiceEndpoint>>();
        services.AddSingleton<IServiceMethodProvider<HealthEndpoint>, HealthBinder>();
        foreach (var operation in catalog.Operations)
        {
            services.AddSingleton(typeof(IOperation<,>).MakeGenericType(operation.RequestType, operation.ResponseType), operation.Implementation);
        }
    }

    /// <summary>Restores the stored state, then starts timers, schedules and message delivery.</summary>
    public async Task StartAsync(IServiceProvider services)
    {
        foreach (var name in _options.AdditionalNamespaces.Prepend(_options.Namespace))
        {
            services.GetRequiredService<NamespaceDirectory>().Register(name);
        }

        var attributes = services.GetRequiredService<SearchAttributeCatalog>();
        attributes.Load();
        await attributes.RegisterAsync(_options.SearchAttributes);
        _timers = services.GetRequiredService<TimerQueue>();
        _outbox = services.GetRequiredService<OutboxDispatcher>();
        var executions = services.GetRequiredService<ExecutionDirectory>();
        services.GetRequiredService<CommitPipeline>().Subscribe([.. ListenersOf(services)]);
        await services.GetRequiredService<Recovery>().RunAsync();
        services.GetRequiredService<ScheduleDirectory>().Load();
        _schedules = services.GetRequiredService<ScheduleLoop>();
        _outbox.Start(executions);
        _schedules.Start();
        _timers.Start(executions);
    }

    public async ValueTask DisposeAsync()
    {
        await Lifetime.StopAsync();
        if (_schedules is not null)
        {
            await _schedules.DisposeAsync();
        }

        if (_outbox is not null)
        {
            await _outbox.DisposeAsync();
        }

        if (_timers is not null)
        {
            await _timers.DisposeAsync();
        }

        await _store.DisposeAsync();
    }

    // Order matters: listeners that track runs come before those that hand out tasks.
    private IEnumerable<ICommitListener> ListenersOf(IServiceProvider services)
    {
        yield return services.GetRequiredService<VisibilityIndex>();
        yield return services.GetRequiredService<TimerQueue>();
        yield return services.GetRequiredService<OutboxDispatcher>();
        if (_options.TimeSkipping)
        {
            // A run must count as busy before its task can be polled.
            var skipper = services.GetRequiredService<TimeSkipper>();
            _timers!.Idle += skipper.SkipIfIdle;
            _outbox!.Idle += skipper.SkipIfIdle;
            yield return skipper;
        }

        yield return services.GetRequiredService<TaskQueueDirectory>();
        yield return services.GetRequiredService<QueryRegistry>();
        yield return services.GetRequiredService<UpdateRegistry>();
        yield return services.GetRequiredService<HistoryLongPoll>();
        yield return services.GetRequiredService<ScheduleLoop>();
    }
}
