using Amazon.Athena.Model;
using Amazon.Runtime;

namespace Amazon.Athena;

/// <summary>The operations of Amazon Athena that this product calls. Every failure is an <see cref="AmazonAthenaException"/>, unless no response was received.</summary>
public interface IAmazonAthena : IAmazonService, IDisposable
{
    /// <summary>Submits a query and returns before it ends.</summary>
    public Task<StartQueryExecutionResponse> StartQueryExecutionAsync(StartQueryExecutionRequest request, CancellationToken cancellationToken = default);

    /// <summary>Reads the state and statistics of one query.</summary>
    public Task<GetQueryExecutionResponse> GetQueryExecutionAsync(GetQueryExecutionRequest request, CancellationToken cancellationToken = default);

    /// <summary>Reads the rows of a query that succeeded, page by page.</summary>
    public Task<GetQueryResultsResponse> GetQueryResultsAsync(GetQueryResultsRequest request, CancellationToken cancellationToken = default);

    /// <summary>Cancels a query. Not an error if it has already ended.</summary>
    public Task<StopQueryExecutionResponse> StopQueryExecutionAsync(StopQueryExecutionRequest request, CancellationToken cancellationToken = default);

    /// <summary>Reads the states of up to 50 queries.</summary>
    public Task<BatchGetQueryExecutionResponse> BatchGetQueryExecutionAsync(BatchGetQueryExecutionRequest request, CancellationToken cancellationToken = default);

    /// <summary>Lists the ids of a work group's queries, newest first, page by page.</summary>
    public Task<ListQueryExecutionsResponse> ListQueryExecutionsAsync(ListQueryExecutionsRequest request, CancellationToken cancellationToken = default);

    /// <summary>Reads one work group.</summary>
    public Task<GetWorkGroupResponse> GetWorkGroupAsync(GetWorkGroupRequest request, CancellationToken cancellationToken = default);

    // Implemented here as in the official SDK: an interface with abstract static members cannot be a type argument,
    // and so cannot be registered in a service container.
    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonAthenaConfig();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        new AmazonAthenaClient(awsCredentials, (AmazonAthenaConfig)clientConfig);
}

/// <summary>Base type of all requests of the service.</summary>
public class AmazonAthenaRequest : AmazonWebServiceRequest;
