namespace Amazon.Glue.Model;

public class JdbcTarget
{
    public string ConnectionName { get; set; }

    public string Path { get; set; }

    public List<string> Exclusions { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<JdbcMetadataEntry> EnableAdditionalMetadata { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
