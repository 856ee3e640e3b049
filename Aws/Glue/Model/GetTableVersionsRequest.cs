namespace Amazon.Glue.Model;

/// <summary>The request of <see cref="IAmazonGlue.GetTableVersionsAsync"/>.</summary>
public class GetTableVersionsRequest : AmazonGlueRequest
{
    public string CatalogId { get; set; }

    public string DatabaseName { get; set; }

    public string TableName { get; set; }

    public string NextToken { get; set; }

    /// <summary>1 to 100.</summary>
    public int? MaxResults { get; set; }

    public AuditContext AuditContext { get; set; }
}
