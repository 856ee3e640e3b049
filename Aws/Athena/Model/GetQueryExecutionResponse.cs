using Amazon.Runtime;

namespace Amazon.Athena.Model;

/// <summary>The response of <see cref="IAmazonAthena.GetQueryExecutionAsync"/>.</summary>
public class GetQueryExecutionResponse : AmazonWebServiceResponse
{
    public QueryExecution QueryExecution { get; set; }
}
