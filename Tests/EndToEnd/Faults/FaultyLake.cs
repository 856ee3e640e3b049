using Amazon.Athena;
using Amazon.Athena.Model;
using Amazon.Glue;
using Amazon.Runtime;
using Amazon.S3;
using Microsoft.Extensions.DependencyInjection;
using Stedi.DevStack.Landing.Expectations;
using Stedi.Temporal.Workflows.Reports;
using Stedi.Testing;
using Stedi.Testing.Faults;
using Temporalio.Exceptions;

namespace Stedi.EndToEnd.Tests.Faults;

/// <summary>The whole system with generated landing data. The worker's calls to AWS go through a proxy.</summary>
internal sealed class FaultyLake : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private FaultyLake(InProcessStack stack, FaultProxy proxy, ExpectedResults truth)
    {
        Stack = stack;
        Proxy = proxy;
        Truth = truth;
    }

    public InProcessStack Stack { get; }

    public FaultProxy Proxy { get; }

    /// <summary>The expected results of the landing data.</summary>
    public ExpectedResults Truth { get; }

    /// <summary>Starts everything, without faults.</summary>
    /// <param name="timeout">The time-out of a call.</param>
    public static async Task<FaultyLake> StartAsync(TimeSpan? timeout = null)
    {
        FaultProxy? proxy = null;
        var stack = await InProcessStack.StartAsync(services => proxy = Between(services, timeout));
        var truth = await stack.LandGeneratedAsync(new() { Scale = 0.05 });
        return new(stack, proxy!, truth);
    }

    /// <summary>Runs the job. If it fails or does not end, the test's output lists the calls and Athena's errors.</summary>
    public async Task<LakehouseReport> RunAsync()
    {
        try
        {
            return await Stack.RunAsync().WaitAsync(Deadline, TestContext.Current.CancellationToken);
        }
        catch (Exception e) when (e is WorkflowFailedException or TimeoutException)
        {
            var output = TestContext.Current.TestOutputHelper!;
            output.WriteLine(string.Join(", ", Proxy.CallsByOperation.Select(calls => $"{calls.Key} {calls.Value}")));
            output.WriteLine(string.Join(Environment.NewLine, await FailedQueriesAsync()));
            throw;
        }
    }

    /// <summary>Queries that have not ended.</summary>
    public async Task<IReadOnlyList<string>> UnfinishedQueriesAsync() =>
        [.. (await QueriesAsync()).Where(query => query.Status.State == QueryExecutionState.RUNNING || query.Status.State == QueryExecutionState.QUEUED).Select(query => query.QueryExecutionId)];

    /// <summary>Athena's reasons for failed queries.</summary>
    public async Task<IReadOnlyList<string>> FailedQueriesAsync() =>
        [.. (await QueriesAsync()).Where(query => query.Status.State == QueryExecutionState.FAILED).Select(query => query.Status.StateChangeReason)];

    public async ValueTask DisposeAsync()
    {
        await Stack.DisposeAsync();
        await Proxy.DisposeAsync();
    }

    /// <summary>Every query that reached Athena.</summary>
    public async Task<IReadOnlyList<QueryExecution>> QueriesAsync()
    {
        using var athena = new AmazonAthenaClient("worker", "secret", new AmazonAthenaConfig { ServiceURL = Stack.Endpoint, AuthenticationRegion = "us-east-1" });
        var queries = new List<QueryExecution>();
        var request = new ListQueryExecutionsRequest { MaxResults = 50 };
        do
        {
            var page = await athena.ListQueryExecutionsAsync(request);
            foreach (var id in page.QueryExecutionIds ?? [])
            {
                queries.Add((await athena.GetQueryExecutionAsync(new() { QueryExecutionId = id })).QueryExecution);
            }

            request.NextToken = page.NextToken;
        }
        while (!string.IsNullOrEmpty(request.NextToken));

        return queries;
    }

    private static FaultProxy Between(IServiceCollection services, TimeSpan? timeout)
    {
        var direct = (AmazonS3Client)services.Last(service => service.ServiceType == typeof(IAmazonS3)).ImplementationInstance!;
        var proxy = Task.Run(() => FaultProxy.StartAsync(new(direct.Config.ServiceURL))).GetAwaiter().GetResult();
        var credentials = new BasicAWSCredentials("worker", "secret");
        services.AddSingleton<IAmazonS3>(new AmazonS3Client(credentials, Through(new AmazonS3Config { ForcePathStyle = true })))
            .AddSingleton<IAmazonGlue>(new AmazonGlueClient(credentials, Through(new AmazonGlueConfig())))
            .AddSingleton<IAmazonAthena>(new AmazonAthenaClient(credentials, Through(new AmazonAthenaConfig())));
        return proxy;

        T Through<T>(T config)
            where T : ClientConfig
        {
            config.ServiceURL = proxy.Endpoint.ToString();
            config.AuthenticationRegion = "us-east-1";
            config.Timeout = timeout ?? TimeSpan.FromSeconds(30);
            config.MaxErrorRetry = 0;
            config.MaxStaleConnectionRetries = 0;
            return config;
        }
    }
}
