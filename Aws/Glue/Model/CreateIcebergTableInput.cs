namespace Amazon.Glue.Model;

public class CreateIcebergTableInput
{
    public string Location { get; set; }

    public IcebergSchema Schema { get; set; }

    public IcebergPartitionSpec PartitionSpec { get; set; }

    public IcebergSortOrder WriteOrder { get; set; }

    public Dictionary<string, string> Properties { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
