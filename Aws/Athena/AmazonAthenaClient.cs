using Amazon.Athena.Internal;
using Amazon.Athena.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Stedi.Aws.Runtime;

namespace Amazon.Athena;

/// <summary>Calls Amazon Athena. Thread-safe; create one instance and reuse it.</summary>
public class AmazonAthenaClient : AmazonServiceClient, IAmazonAthena
{
    public AmazonAthenaClient()
        : base(new AmazonAthenaConfig())
    {
    }

    public AmazonAthenaClient(RegionEndpoint region)
        : base(new AmazonAthenaConfig { RegionEndpoint = region })
    {
    }

    public AmazonAthenaClient(AmazonAthenaConfig config)
        : base(config)
    {
    }

    public AmazonAthenaClient(AWSCredentials credentials)
        : base(credentials, new AmazonAthenaConfig())
    {
    }

    public AmazonAthenaClient(AWSCredentials credentials, RegionEndpoint region)
        : base(credentials, new AmazonAthenaConfig { RegionEndpoint = region })
    {
    }

    public AmazonAthenaClient(AWSCredentials credentials, AmazonAthenaConfig clientConfig)
        : base(credentials, clientConfig)
    {
    }

    public AmazonAthenaClient(string awsAccessKeyId, string awsSecretAccessKey)
        : base(awsAccessKeyId, awsSecretAccessKey, new AmazonAthenaConfig())
    {
    }

    public AmazonAthenaClient(string awsAccessKeyId, string awsSecretAccessKey, RegionEndpoint region)
        : base(awsAccessKeyId, awsSecretAccessKey, new AmazonAthenaConfig { RegionEndpoint = region })
    {
    }

    public AmazonAthenaClient(string awsAccessKeyId, string awsSecretAccessKey, AmazonAthenaConfig clientConfig)
        : base(awsAccessKeyId, awsSecretAccessKey, clientConfig)
    {
    }

    public AmazonAthenaClient(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken)
        : base(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, new AmazonAthenaConfig())
    {
    }

    public AmazonAthenaClient(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken, RegionEndpoint region)
        : base(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, new AmazonAthenaConfig { RegionEndpoint = region })
    {
    }

    public AmazonAthenaClient(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken, AmazonAthenaConfig clientConfig)
        : base(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, clientConfig)
    {
    }

    protected override IServiceMetadata ServiceMetadata => AthenaService.Instance;

    public virtual Task<StartQueryExecutionResponse> StartQueryExecutionAsync(StartQueryExecutionRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<StartQueryExecutionResponse>(request, AthenaOperations.StartQueryExecution, cancellationToken);

    public virtual Task<GetQueryExecutionResponse> GetQueryExecutionAsync(GetQueryExecutionRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<GetQueryExecutionResponse>(request, AthenaOperations.GetQueryExecution, cancellationToken);

    public virtual Task<GetQueryResultsResponse> GetQueryResultsAsync(GetQueryResultsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<GetQueryResultsResponse>(request, AthenaOperations.GetQueryResults, cancellationToken);

    public virtual Task<StopQueryExecutionResponse> StopQueryExecutionAsync(StopQueryExecutionRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<StopQueryExecutionResponse>(request, AthenaOperations.StopQueryExecution, cancellationToken);

    public virtual Task<BatchGetQueryExecutionResponse> BatchGetQueryExecutionAsync(BatchGetQueryExecutionRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<BatchGetQueryExecutionResponse>(request, AthenaOperations.BatchGetQueryExecution, cancellationToken);

    public virtual Task<ListQueryExecutionsResponse> ListQueryExecutionsAsync(ListQueryExecutionsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<ListQueryExecutionsResponse>(request, AthenaOperations.ListQueryExecutions, cancellationToken);

    public virtual Task<GetWorkGroupResponse> GetWorkGroupAsync(GetWorkGroupRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<GetWorkGroupResponse>(request, AthenaOperations.GetWorkGroup, cancellationToken);

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => JsonPipeline.Customize(pipeline);
}
