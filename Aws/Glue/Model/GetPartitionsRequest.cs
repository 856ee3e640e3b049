namespace Amazon.Glue.Model;

/// <summary>The request of <see cref="IAmazonGlue.GetPartitionsAsync"/>.</summary>
public class GetPartitionsRequest : AmazonGlueRequest
{
    public string CatalogId { get; set; }

    public string DatabaseName { get; set; }

    public string TableName { get; set; }

    public string Expression { get; set; }

    public string NextToken { get; set; }

    public Segment Segment { get; set; }

    /// <summary>1 to 1,000.</summary>
    public int? MaxResults { get; set; }

    public bool? ExcludeColumnSchema { get; set; }

    public string TransactionId { get; set; }

    public DateTime? QueryAsOfTime { get; set; }

    public AuditContext AuditContext { get; set; }
}
