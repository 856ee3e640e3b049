namespace Amazon.Glue.Model;

public class IcebergSortOrder
{
    public int? OrderId { get; set; }

    public List<IcebergSortField> Fields { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
