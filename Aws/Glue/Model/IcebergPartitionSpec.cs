namespace Amazon.Glue.Model;

public class IcebergPartitionSpec
{
    public List<IcebergPartitionField> Fields { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public int? SpecId { get; set; }
}
