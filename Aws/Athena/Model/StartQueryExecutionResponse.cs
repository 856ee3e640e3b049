using Amazon.Runtime;

namespace Amazon.Athena.Model;

/// <summary>The response of <see cref="IAmazonAthena.StartQueryExecutionAsync"/>.</summary>
public class StartQueryExecutionResponse : AmazonWebServiceResponse
{
    public string QueryExecutionId { get; set; }
}
