namespace Amazon.Glue.Model;

public class IcebergSchema
{
    public int? SchemaId { get; set; }

    public List<int> IdentifierFieldIds { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public IcebergStructTypeEnum Type { get; set; }

    public List<IcebergStructField> Fields { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
