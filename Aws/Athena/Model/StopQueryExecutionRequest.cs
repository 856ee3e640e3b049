namespace Amazon.Athena.Model;

/// <summary>The request of <see cref="IAmazonAthena.StopQueryExecutionAsync"/>.</summary>
public class StopQueryExecutionRequest : AmazonAthenaRequest
{
    public string QueryExecutionId { get; set; }
}
