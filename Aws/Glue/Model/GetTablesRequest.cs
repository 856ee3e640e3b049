namespace Amazon.Glue.Model;

/// <summary>The request of <see cref="IAmazonGlue.GetTablesAsync"/>.</summary>
public class GetTablesRequest : AmazonGlueRequest
{
    public string CatalogId { get; set; }

    public string DatabaseName { get; set; }

    /// <summary>A regular expression that table names must match.</summary>
    public string Expression { get; set; }

    public string NextToken { get; set; }

    /// <summary>1 to 100.</summary>
    public int? MaxResults { get; set; }

    public string TransactionId { get; set; }

    public DateTime? QueryAsOfTime { get; set; }

    public AuditContext AuditContext { get; set; }

    public TableResourceShareType ResourceShareType { get; set; }

    public bool? IncludeStatusDetails { get; set; }

    public List<TableAttributes> AttributesToGet { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
