namespace Amazon.Glue.Model;

public class DatabaseInput
{
    public string Name { get; set; }

    public string Description { get; set; }

    public string LocationUri { get; set; }

    public Dictionary<string, string> Parameters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<PrincipalPermissions> CreateTableDefaultPermissions { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public DatabaseIdentifier TargetDatabase { get; set; }

    public FederatedDatabase FederatedDatabase { get; set; }
}
