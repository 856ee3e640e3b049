namespace Amazon.Glue.Model;

public class IcebergTableMetadata
{
    public string FormatVersion { get; set; }

    public string TableUuid { get; set; }

    public string Location { get; set; }

    public Dictionary<string, string> Properties { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<IcebergSchema> Schemas { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public int? CurrentSchemaId { get; set; }

    public int? LastColumnId { get; set; }

    public List<IcebergPartitionSpec> PartitionSpecs { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public int? DefaultSpecId { get; set; }

    public int? LastPartitionId { get; set; }

    public List<IcebergSortOrder> SortOrders { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public int? DefaultSortOrderId { get; set; }
}
