namespace Amazon.Glue.Model;

public class IcebergTarget
{
    public List<string> Paths { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string ConnectionName { get; set; }

    public List<string> Exclusions { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public int? MaximumTraversalDepth { get; set; }
}
