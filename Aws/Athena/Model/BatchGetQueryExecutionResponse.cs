using Amazon.Runtime;

namespace Amazon.Athena.Model;

/// <summary>The response of <see cref="IAmazonAthena.BatchGetQueryExecutionAsync"/>.</summary>
public class BatchGetQueryExecutionResponse : AmazonWebServiceResponse
{
    public List<QueryExecution> QueryExecutions { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<UnprocessedQueryExecutionId> UnprocessedQueryExecutionIds { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
