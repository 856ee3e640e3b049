namespace Amazon.Glue.Model;

/// <summary>The request of <see cref="IAmazonGlue.CreateTableAsync"/>.</summary>
public class CreateTableRequest : AmazonGlueRequest
{
    public string CatalogId { get; set; }

    public string DatabaseName { get; set; }

    public string Name { get; set; }

    public TableInput TableInput { get; set; }

    public List<PartitionIndex> PartitionIndexes { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string TransactionId { get; set; }

    public OpenTableFormatInput OpenTableFormatInput { get; set; }
}
