using Microsoft.Extensions.Logging.Abstractions;
using Stedi.DevStack.Aws.Athena;
using Stedi.DevStack.Aws.Configuration;
using Stedi.DevStack.Aws.Glue;
using Stedi.DevStack.Aws.Glue.Catalog;
using Stedi.DevStack.Aws.Glue.Crawlers;
using Stedi.DevStack.Aws.Http;
using Stedi.DevStack.Aws.Protocol;
using Stedi.DevStack.Aws.S3;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws;

/// <summary>Composes the services over one state file and one lake.</summary>
internal sealed class LocalServices : IAsyncDisposable
{
    private readonly StateDatabase _state;
    private readonly Lake _lake;
    private readonly CrawlRuns _crawls;
    private readonly LocalAthena _athena;

    private LocalServices(LocalAwsOptions options, StateDatabase state)
    {
        _state = state;
        var time = options.TimeProvider;
        var logger = (options.LoggerFactory ?? NullLoggerFactory.Instance).CreateLogger("Stedi.DevStack.Aws");
        var policy = new AccessPolicy(options);
        var lake = _lake = new Lake(options.LakeDirectory, new ObjectIndex(state));
        var catalog = new GlueCatalog(state, time);
        var partitions = new PartitionStore(state, catalog, time);
        var crawlers = new CrawlerStore(state);
        _crawls = new CrawlRuns(new Crawl(lake, catalog, partitions), crawlers, time, logger);
        _athena = new LocalAthena(options, state, lake, catalog, partitions, policy, logger);
        Router = new RequestRouter(
            S3(options, lake, policy),
            new Dictionary<string, AwsJsonEndpoint>
            {
                ["AWSGlue"] = Glue(catalog, partitions, crawlers, policy, time),
                ["AmazonAthena"] = _athena.Endpoint,
            },
            policy,
            logger);
    }

    public RequestRouter Router { get; }

    public static LocalServices Open(LocalAwsOptions options)
    {
        Directory.CreateDirectory(options.StateDirectory);
        var state = StateDatabase.Open(Path.Combine(options.StateDirectory, "aws.db"));
        try
        {
            return new LocalServices(options, state);
        }
        catch
        {
            state.Dispose();
            throw;
        }
    }

    public void Start() => _athena.Start();

    public async Task StopAsync()
    {
        await _athena.StopAsync();
        await _crawls.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _athena.DisposeAsync();
        _lake.Dispose();
        _state.Dispose();
    }

    private S3Endpoint S3(LocalAwsOptions options, Lake lake, AccessPolicy policy)
    {
        var time = options.TimeProvider;
        var copies = new CopyObjectOperation(lake, policy, time);
        var uploads = new Uploads(Path.Combine(options.StateDirectory, "uploads"), _state);
        return new S3Endpoint(new BucketOperations(lake), new ListOperations(lake, policy), new ObjectOperations(lake, policy), copies,
            new MultipartOperations(lake, uploads, copies, time), new DeleteObjectsOperation(lake, policy), time);
    }

    private AwsJsonEndpoint Glue(GlueCatalog catalog, PartitionStore partitions, CrawlerStore crawlers, AccessPolicy policy, TimeProvider time)
    {
        var access = new CatalogAccess(policy);
        return GlueEndpoint.Create(new DatabaseOperations(catalog, access), new TableOperations(catalog, access),
            new PartitionOperations(partitions, catalog, access), new CrawlerOperations(crawlers, _crawls, access, policy, time));
    }
}
