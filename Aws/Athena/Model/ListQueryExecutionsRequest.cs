namespace Amazon.Athena.Model;

/// <summary>The request of <see cref="IAmazonAthena.ListQueryExecutionsAsync"/>.</summary>
public class ListQueryExecutionsRequest : AmazonAthenaRequest
{
    public string NextToken { get; set; }

    /// <summary>0 to 50.</summary>
    public int? MaxResults { get; set; }

    public string WorkGroup { get; set; }
}
