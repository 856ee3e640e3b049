namespace Amazon.Glue.Model;

public class UpdateIcebergTableInput
{
    public List<IcebergTableUpdate> Updates { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
