using Amazon.Athena;
using Amazon.Glue;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Transfer;
using Microsoft.Extensions.DependencyInjection;
using Stedi.DevStack.Aws;
using Stedi.DevStack.Landing;
using Stedi.DevStack.Landing.Expectations;
using Stedi.DevStack.Landing.Model;
using Stedi.DevStack.Temporal;
using Stedi.Temporal.Activities;
using Stedi.Temporal.Activities.Athena;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Activities.Resilience;
using Stedi.Temporal.Workflows;
using Stedi.Temporal.Workflows.Contracts;
using Stedi.Temporal.Workflows.Inputs;
using Stedi.Temporal.Workflows.Reports;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Extensions.Hosting;
using Temporalio.Worker;

namespace Stedi.Testing;

/// <summary>The whole system in this process: local Temporal, local AWS over a temporary folder, and a worker.</summary>
public sealed class InProcessStack : IAsyncDisposable
{
    private const string WorkerKey = "worker";
    private static readonly Type[] Activities =
    [
        typeof(ICatalogActivities), typeof(IConsentActivities), typeof(ICurationActivities), typeof(ISensorActivities),
        typeof(IAuditActivities), typeof(IPublishingActivities), typeof(ILineageActivities),
    ];

    private readonly LocalAws _aws;
    private readonly TemporalServer _temporal;
    private readonly ServiceProvider _services;
    private readonly TemporalWorker _worker;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _working;
    private readonly string _folder;

    private InProcessStack(string folder, LocalAws aws, TemporalServer temporal, ServiceProvider services, TemporalWorker worker, ITemporalClient client)
    {
        _folder = folder;
        _aws = aws;
        _temporal = temporal;
        _services = services;
        _worker = worker;
        Client = client;
        _working = worker.ExecuteAsync(_stopping.Token);
    }

    public ITemporalClient Client { get; }

    public string TaskQueue => _worker.Options.TaskQueue!;

    public string Endpoint => _aws.Endpoint.ToString();

    public IAmazonS3 S3 => _services.GetRequiredService<IAmazonS3>();

    public IAmazonGlue Glue => _services.GetRequiredService<IAmazonGlue>();

    public IAmazonAthena Athena => _services.GetRequiredService<IAmazonAthena>();

    public LakeOptions Lake => _services.GetRequiredService<LakeOptions>();

    public IServiceProvider Services => _services;

    /// <summary>The folder of the bucket's objects.</summary>
    public string LakeDirectory => Path.Combine(_folder, "lake", Lake.Bucket);

    /// <summary>Starts everything, with an empty lake.</summary>
    public static async Task<InProcessStack> StartAsync(Action<IServiceCollection>? configure = null)
    {
        var folder = Directory.CreateTempSubdirectory("stedi-test-").FullName;
        var aws = await LocalAws.StartAsync(new()
        {
            LakeDirectory = Path.Combine(folder, "lake"),
            StateDirectory = Path.Combine(folder, "aws"),
            RestrictedDatabases = ["stedi_private"],
            RestrictedPrefixes = ["s3://stedi-lake/private/"],
            PrivilegedAccessKeys = [WorkerKey],
        });
        var temporal = await TemporalServer.StartAsync(new());
        var services = Compose(aws.Endpoint, configure);
        var lake = services.GetRequiredService<LakeOptions>();
        await services.GetRequiredService<IAmazonS3>().PutBucketAsync(lake.Bucket);
        await PutPseudonymKeyAsync(services, lake);

        var client = await TemporalClient.ConnectAsync(new(temporal.Target) { DataConverter = MeasuredFailures.Converter, Identity = "tests" });
        var options = new TemporalWorkerOptions($"tq-{Guid.NewGuid()}")
        {
            Interceptors = LakehouseActivities.Interceptors(lake, TimeProvider.System),
            MaxHeartbeatThrottleInterval = HeartbeatInterceptor.MaxThrottle,
        };
        options.AddWorkflow<LakehouseWorkflow>().AddWorkflow<RollbackWorkflow>();
        foreach (var definition in Activities.SelectMany(type => services.CreateTemporalActivityDefinitions(type)))
        {
            options.AddActivity(definition);
        }

        return new(folder, aws, temporal, services, new TemporalWorker(client, options), client);
    }

    /// <summary>Lands a folder with the layout of the published data.</summary>
    public async Task LandAsync(string directory, string prefix = "")
    {
        using var transfer = new TransferUtility(S3);
        foreach (var file in Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories))
        {
            await transfer.UploadAsync(file, Lake.Bucket, prefix + Path.GetRelativePath(directory, file).Replace('\\', '/'));
        }
    }

    /// <summary>Generates landing data and lands it.</summary>
    /// <returns>The expected results of a run.</returns>
    public async Task<ExpectedResults> LandGeneratedAsync(LandingOptions options)
    {
        using var folder = new TempFolder();
        var truth = await LandingGenerator.WriteAsync(folder.Path, options);
        await LandAsync(folder.Path);
        return truth;
    }

    /// <summary>Lands one file of given text.</summary>
    public Task LandTextAsync(string key, string text) =>
        S3.PutObjectAsync(new() { BucketName = Lake.Bucket, Key = key, ContentBody = text });

    /// <summary>Starts a run.</summary>
    public Task<WorkflowHandle<LakehouseWorkflow, LakehouseReport>> StartRunAsync(LakehouseInput? input = null)
    {
        var given = input ?? new();
        return Client.StartWorkflowAsync(
            (LakehouseWorkflow workflow) => workflow.RunAsync(given), new($"lakehouse-{Guid.NewGuid()}", TaskQueue));
    }

    /// <summary>Runs the job, then replays its history.</summary>
    public async Task<LakehouseReport> RunAsync(LakehouseInput? input = null)
    {
        var handle = await StartRunAsync(input);
        try
        {
            return await handle.GetResultAsync();
        }
        finally
        {
            await ReplayAsync(await handle.FetchHistoryAsync());
        }
    }

    /// <summary>Runs the job, which must end in time. If it does not, the exception names the pending activities.</summary>
    public async Task<LakehouseReport> RunWithinAsync(TimeSpan time, LakehouseInput input)
    {
        var handle = await StartRunAsync(input);
        try
        {
            return await handle.GetResultAsync().WaitAsync(time, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            var pending = (await Client.Connection.WorkflowService.DescribeWorkflowExecutionAsync(
                new() { Namespace = Client.Options.Namespace, Execution = new() { WorkflowId = handle.Id } })).PendingActivities;
            throw new TimeoutException(string.Join('\n', pending.Select(activity => $"{activity.ActivityType.Name}, attempt {activity.Attempt}: {activity.LastFailure?.Message}")));
        }
    }

    /// <summary>Rolls back, then replays the history.</summary>
    public async Task<RollbackReport> RollBackAsync(RollbackInput? input = null)
    {
        var handle = await StartRollbackAsync(input);
        try
        {
            return await handle.GetResultAsync();
        }
        finally
        {
            await ReplayAsync(await handle.FetchHistoryAsync());
        }
    }

    /// <summary>Starts a rollback.</summary>
    public Task<WorkflowHandle<RollbackWorkflow, RollbackReport>> StartRollbackAsync(RollbackInput? input = null)
    {
        var given = input ?? new();
        return Client.StartWorkflowAsync(
            (RollbackWorkflow workflow) => workflow.RunAsync(given), new($"rollback-{Guid.NewGuid()}", TaskQueue));
    }

    public static async Task ReplayAsync(WorkflowHistory history) =>
        await new WorkflowReplayer(new WorkflowReplayerOptions { DataConverter = StediDataConverter.Instance }.AddWorkflow<LakehouseWorkflow>().AddWorkflow<RollbackWorkflow>())
            .ReplayWorkflowAsync(history);

    /// <summary>Runs a query in the database of the published tables.</summary>
    public async Task<IReadOnlyList<QueryRow>> QueryAsync(string sql)
    {
        var queries = new AthenaQueries(Athena, Lake with { WorkDatabase = Lake.Database }, TimeProvider.System);
        var id = await queries.SubmitAsync(sql, Guid.NewGuid().ToString(), CancellationToken.None);
        var execution = await queries.WaitAsync(id, CancellationToken.None);
        execution.Status.State.ShouldBe(QueryExecutionState.SUCCEEDED, execution.Status.StateChangeReason);
        return await queries.ReadAsync(id, CancellationToken.None);
    }

    /// <summary>Runs a query that returns one count, in a column named n.</summary>
    public async Task<long> CountAsync(string sql) => (await QueryAsync(sql)).ShouldHaveSingleItem().Count("n");

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        try
        {
            await _working;
        }
        catch (OperationCanceledException)
        {
        }

        _worker.Dispose();
        _stopping.Dispose();
        await _services.DisposeAsync();
        await _temporal.DisposeAsync();
        await _aws.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        MeasuredFailures.ShouldBeShort();
    }

    private static ServiceProvider Compose(Uri endpoint, Action<IServiceCollection>? configure)
    {
        var credentials = new BasicAWSCredentials(WorkerKey, "secret");
        var url = endpoint.ToString().TrimEnd('/');
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<IAmazonS3>(new AmazonS3Client(credentials, new AmazonS3Config { ServiceURL = url, ForcePathStyle = true, AuthenticationRegion = "us-east-1", MaxErrorRetry = 0, MaxStaleConnectionRetries = 0 }))
            .AddSingleton<IAmazonGlue>(new AmazonGlueClient(credentials, new AmazonGlueConfig { ServiceURL = url, AuthenticationRegion = "us-east-1", MaxErrorRetry = 0, MaxStaleConnectionRetries = 0 }))
            .AddSingleton<IAmazonAthena>(new AmazonAthenaClient(credentials, new AmazonAthenaConfig { ServiceURL = url, AuthenticationRegion = "us-east-1", MaxErrorRetry = 0, MaxStaleConnectionRetries = 0 }))
            .AddLakehouseActivities(new() { Bucket = "stedi-lake", Polling = PollingInterval.Local, PermissionPatience = TimeSpan.Zero });
        configure?.Invoke(services);
        return services.BuildServiceProvider();
    }

    private static async Task PutPseudonymKeyAsync(ServiceProvider services, LakeOptions lake)
    {
        var catalog = services.GetRequiredService<LakeCatalog>();
        await catalog.EnsureDatabaseAsync(lake.PrivateDatabase, CancellationToken.None);
        var prefix = $"private/{lake.PseudonymKeyTable}/";
        await services.GetRequiredService<LakeObjects>().WriteAsync(
            prefix + "key.json", $$"""{"key":"{{Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32))}}"}""", CancellationToken.None);
        await catalog.RegisterAsync(
            lake.PrivateDatabase, TableDefinitions.Json(lake.PseudonymKeyTable, [new("key", "string")], $"s3://{lake.Bucket}/{prefix}"), CancellationToken.None);
    }
}
