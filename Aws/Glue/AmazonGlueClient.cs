using Amazon.Glue.Internal;
using Amazon.Glue.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Stedi.Aws.Runtime;

namespace Amazon.Glue;

/// <summary>Calls AWS Glue. Thread-safe; create one instance and reuse it.</summary>
public class AmazonGlueClient : AmazonServiceClient, IAmazonGlue
{
    public AmazonGlueClient()
        : base(new AmazonGlueConfig())
    {
    }

    public AmazonGlueClient(RegionEndpoint region)
        : base(new AmazonGlueConfig { RegionEndpoint = region })
    {
    }

    public AmazonGlueClient(AmazonGlueConfig config)
        : base(config)
    {
    }

    public AmazonGlueClient(AWSCredentials credentials)
        : base(credentials, new AmazonGlueConfig())
    {
    }

    public AmazonGlueClient(AWSCredentials credentials, RegionEndpoint region)
        : base(credentials, new AmazonGlueConfig { RegionEndpoint = region })
    {
    }

    public AmazonGlueClient(AWSCredentials credentials, AmazonGlueConfig clientConfig)
        : base(credentials, clientConfig)
    {
    }

    public AmazonGlueClient(string awsAccessKeyId, string awsSecretAccessKey)
        : base(awsAccessKeyId, awsSecretAccessKey, new AmazonGlueConfig())
    {
    }

    public AmazonGlueClient(string awsAccessKeyId, string awsSecretAccessKey, RegionEndpoint region)
        : base(awsAccessKeyId, awsSecretAccessKey, new AmazonGlueConfig { RegionEndpoint = region })
    {
    }

    public AmazonGlueClient(string awsAccessKeyId, string awsSecretAccessKey, AmazonGlueConfig clientConfig)
        : base(awsAccessKeyId, awsSecretAccessKey, clientConfig)
    {
    }

    public AmazonGlueClient(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken)
        : base(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, new AmazonGlueConfig())
    {
    }

    public AmazonGlueClient(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken, RegionEndpoint region)
        : base(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, new AmazonGlueConfig { RegionEndpoint = region })
    {
    }

    public AmazonGlueClient(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken, AmazonGlueConfig clientConfig)
        : base(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, clientConfig)
    {
    }

    protected override IServiceMetadata ServiceMetadata => GlueService.Instance;

    public virtual Task<GetDatabaseResponse> GetDatabaseAsync(GetDatabaseRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<GetDatabaseResponse>(request, GlueOperations.GetDatabase, cancellationToken);

    public virtual Task<CreateDatabaseResponse> CreateDatabaseAsync(CreateDatabaseRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<CreateDatabaseResponse>(request, GlueOperations.CreateDatabase, cancellationToken);

    public virtual Task<GetTableResponse> GetTableAsync(GetTableRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<GetTableResponse>(request, GlueOperations.GetTable, cancellationToken);

    public virtual Task<GetTablesResponse> GetTablesAsync(GetTablesRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<GetTablesResponse>(request, GlueOperations.GetTables, cancellationToken);

    public virtual Task<CreateTableResponse> CreateTableAsync(CreateTableRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<CreateTableResponse>(request, GlueOperations.CreateTable, cancellationToken);

    public virtual Task<UpdateTableResponse> UpdateTableAsync(UpdateTableRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<UpdateTableResponse>(request, GlueOperations.UpdateTable, cancellationToken);

    public virtual Task<DeleteTableResponse> DeleteTableAsync(DeleteTableRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<DeleteTableResponse>(request, GlueOperations.DeleteTable, cancellationToken);

    public virtual Task<CreateCrawlerResponse> CreateCrawlerAsync(CreateCrawlerRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<CreateCrawlerResponse>(request, GlueOperations.CreateCrawler, cancellationToken);

    public virtual Task<UpdateCrawlerResponse> UpdateCrawlerAsync(UpdateCrawlerRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<UpdateCrawlerResponse>(request, GlueOperations.UpdateCrawler, cancellationToken);

    public virtual Task<StartCrawlerResponse> StartCrawlerAsync(StartCrawlerRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<StartCrawlerResponse>(request, GlueOperations.StartCrawler, cancellationToken);

    public virtual Task<GetCrawlerResponse> GetCrawlerAsync(GetCrawlerRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<GetCrawlerResponse>(request, GlueOperations.GetCrawler, cancellationToken);

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => JsonPipeline.Customize(pipeline);
}
