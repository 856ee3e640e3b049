using Amazon.Athena;
using Amazon.Glue;
using Amazon.Runtime;
using Amazon.S3;
using Microsoft.Extensions.DependencyInjection;
using Stedi.DevStack.Aws;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Activities.Resilience;
using Stedi.Temporal.Activities.Tests;
using Stedi.Testing;

[assembly: AssemblyFixture(typeof(LocalLakes))]

namespace Stedi.Temporal.Activities.Tests;

/// <summary>One in-process AWS for all tests of this assembly. Each lake in it has a bucket and databases of its own.</summary>
public sealed class LocalLakes : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly List<TestLake> _lakes = [];
    private LocalAws? _aws;

    /// <summary>A lake for tests that only query: nobody writes to it.</summary>
    internal TestLake Shared { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _aws = await LocalAws.StartAsync(new() { LakeDirectory = Path.Combine(_folder.Path, "lake"), StateDirectory = Path.Combine(_folder.Path, "aws") });
        Shared = await NewAsync();
    }

    /// <summary>Makes an empty lake with a pseudonym key.</summary>
    /// <param name="options">Changes the lake's options.</param>
    /// <param name="configure">Replaces services of the activities.</param>
    internal async Task<TestLake> NewAsync(Func<LakeOptions, LakeOptions>? options = null, Action<IServiceCollection>? configure = null)
    {
        var id = Guid.NewGuid().ToString("N");
        var lake = new LakeOptions { Bucket = $"lake-{id}", Database = $"db_{id}", WorkDatabase = $"work_{id}", PrivateDatabase = $"private_{id}", Polling = PollingInterval.Local };
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<IAmazonS3>(new AmazonS3Client(Credentials, S3Config))
            .AddSingleton<IAmazonGlue>(new AmazonGlueClient(Credentials, GlueConfig))
            .AddSingleton<IAmazonAthena>(new AmazonAthenaClient(Credentials, new AmazonAthenaConfig { ServiceURL = Url, AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 }))
            .AddLakehouseActivities(options?.Invoke(lake) ?? lake);
        configure?.Invoke(services);
        var made = new TestLake(services.BuildServiceProvider());
        lock (_lakes)
        {
            _lakes.Add(made);
        }

        await made.InitializeAsync();
        return made;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var lake in _lakes)
        {
            await lake.DisposeAsync();
        }

        await _aws!.DisposeAsync();
        _folder.Dispose();
    }

    internal static AWSCredentials Credentials { get; } = new BasicAWSCredentials("local", "secret");

    internal AmazonS3Config S3Config => new() { ServiceURL = Url, ForcePathStyle = true, AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 };

    internal AmazonGlueConfig GlueConfig => new() { ServiceURL = Url, AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 };

    private string Url => _aws!.Endpoint.ToString().TrimEnd('/');
}
