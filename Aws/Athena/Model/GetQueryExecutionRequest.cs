namespace Amazon.Athena.Model;

/// <summary>The request of <see cref="IAmazonAthena.GetQueryExecutionAsync"/>.</summary>
public class GetQueryExecutionRequest : AmazonAthenaRequest
{
    public string QueryExecutionId { get; set; }
}
