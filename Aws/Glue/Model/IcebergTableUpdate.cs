namespace Amazon.Glue.Model;

public class IcebergTableUpdate
{
    public IcebergSchema Schema { get; set; }

    public IcebergPartitionSpec PartitionSpec { get; set; }

    public IcebergSortOrder SortOrder { get; set; }

    public string Location { get; set; }

    public Dictionary<string, string> Properties { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public IcebergUpdateAction Action { get; set; }

    public IcebergEncryptedKey EncryptionKey { get; set; }

    public string KeyId { get; set; }
}
