namespace Amazon.Athena.Model;

/// <summary>The request of <see cref="IAmazonAthena.BatchGetQueryExecutionAsync"/>.</summary>
public class BatchGetQueryExecutionRequest : AmazonAthenaRequest
{
    /// <summary>1 to 50 ids.</summary>
    public List<string> QueryExecutionIds { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
