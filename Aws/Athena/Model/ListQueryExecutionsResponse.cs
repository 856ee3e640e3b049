using Amazon.Runtime;

namespace Amazon.Athena.Model;

/// <summary>The response of <see cref="IAmazonAthena.ListQueryExecutionsAsync"/>.</summary>
public class ListQueryExecutionsResponse : AmazonWebServiceResponse
{
    public List<string> QueryExecutionIds { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string NextToken { get; set; }
}
