namespace Amazon.Glue.Model;

public class DeltaTarget
{
    public List<string> DeltaTables { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string ConnectionName { get; set; }

    public bool? WriteManifest { get; set; }

    public bool? CreateNativeDeltaTable { get; set; }
}
