namespace Amazon.Glue.Model;

public class IcebergEncryptedKey
{
    public string KeyId { get; set; }

    public string EncryptedKeyMetadata { get; set; }

    public string EncryptedById { get; set; }

    public Dictionary<string, string> Properties { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
