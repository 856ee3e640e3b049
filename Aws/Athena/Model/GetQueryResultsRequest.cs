namespace Amazon.Athena.Model;

/// <summary>The request of <see cref="IAmazonAthena.GetQueryResultsAsync"/>.</summary>
public class GetQueryResultsRequest : AmazonAthenaRequest
{
    public string QueryExecutionId { get; set; }

    public string NextToken { get; set; }

    /// <summary>1 to 1,000, the header row included.</summary>
    public int? MaxResults { get; set; }

    public QueryResultType QueryResultType { get; set; }
}
