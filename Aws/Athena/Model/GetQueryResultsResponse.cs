using Amazon.Runtime;

namespace Amazon.Athena.Model;

/// <summary>The response of <see cref="IAmazonAthena.GetQueryResultsAsync"/>.</summary>
public class GetQueryResultsResponse : AmazonWebServiceResponse
{
    public long? UpdateCount { get; set; }

    public ResultSet ResultSet { get; set; }

    public string NextToken { get; set; }
}
