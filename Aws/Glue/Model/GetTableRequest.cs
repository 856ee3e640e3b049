namespace Amazon.Glue.Model;

/// <summary>The request of <see cref="IAmazonGlue.GetTableAsync"/>.</summary>
public class GetTableRequest : AmazonGlueRequest
{
    public string CatalogId { get; set; }

    public string DatabaseName { get; set; }

    public string Name { get; set; }

    public string TransactionId { get; set; }

    public DateTime? QueryAsOfTime { get; set; }

    public AuditContext AuditContext { get; set; }

    public bool? IncludeStatusDetails { get; set; }

    public List<TableAttributes> AttributesToGet { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
