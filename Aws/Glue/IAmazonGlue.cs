using Amazon.Glue.Model;
using Amazon.Runtime;

namespace Amazon.Glue;

/// <summary>The operations of AWS Glue that this product calls. Every failure is an <see cref="AmazonGlueException"/>, unless no response was received.</summary>
public interface IAmazonGlue : IAmazonService, IDisposable
{
    /// <summary>Reads one database of the catalogue.</summary>
    public Task<GetDatabaseResponse> GetDatabaseAsync(GetDatabaseRequest request, CancellationToken cancellationToken = default);

    /// <summary>Creates a database in the catalogue.</summary>
    public Task<CreateDatabaseResponse> CreateDatabaseAsync(CreateDatabaseRequest request, CancellationToken cancellationToken = default);

    /// <summary>Reads one table of the catalogue.</summary>
    public Task<GetTableResponse> GetTableAsync(GetTableRequest request, CancellationToken cancellationToken = default);

    /// <summary>Lists the tables of a database, page by page.</summary>
    public Task<GetTablesResponse> GetTablesAsync(GetTablesRequest request, CancellationToken cancellationToken = default);

    /// <summary>Creates a table in the catalogue.</summary>
    public Task<CreateTableResponse> CreateTableAsync(CreateTableRequest request, CancellationToken cancellationToken = default);

    /// <summary>Replaces the definition of a table.</summary>
    public Task<UpdateTableResponse> UpdateTableAsync(UpdateTableRequest request, CancellationToken cancellationToken = default);

    /// <summary>Removes a table from the catalogue; its files stay.</summary>
    public Task<DeleteTableResponse> DeleteTableAsync(DeleteTableRequest request, CancellationToken cancellationToken = default);

    /// <summary>Creates a crawler.</summary>
    public Task<CreateCrawlerResponse> CreateCrawlerAsync(CreateCrawlerRequest request, CancellationToken cancellationToken = default);

    /// <summary>Changes a crawler that is not running.</summary>
    public Task<UpdateCrawlerResponse> UpdateCrawlerAsync(UpdateCrawlerRequest request, CancellationToken cancellationToken = default);

    /// <summary>Starts a crawl and returns before it ends.</summary>
    public Task<StartCrawlerResponse> StartCrawlerAsync(StartCrawlerRequest request, CancellationToken cancellationToken = default);

    /// <summary>Reads a crawler, its state and its last crawl.</summary>
    public Task<GetCrawlerResponse> GetCrawlerAsync(GetCrawlerRequest request, CancellationToken cancellationToken = default);

    // Implemented here as in the official SDK: an interface with abstract static members cannot be a type argument,
    // and so cannot be registered in a service container.
    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonGlueConfig();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        new AmazonGlueClient(awsCredentials, (AmazonGlueConfig)clientConfig);
}

/// <summary>Base type of all requests of the service.</summary>
public class AmazonGlueRequest : AmazonWebServiceRequest;
