namespace Amazon.Glue.Model;

/// <summary>The request of <see cref="IAmazonGlue.BatchCreatePartitionAsync"/>.</summary>
public class BatchCreatePartitionRequest : AmazonGlueRequest
{
    public string CatalogId { get; set; }

    public string DatabaseName { get; set; }

    public string TableName { get; set; }

    /// <summary>At most 100.</summary>
    public List<PartitionInput> PartitionInputList { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
