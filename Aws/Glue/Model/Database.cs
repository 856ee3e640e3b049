namespace Amazon.Glue.Model;

public class Database
{
    public string Name { get; set; }

    public string Description { get; set; }

    /// <summary>Where the tables of the database lie by default.</summary>
    public string LocationUri { get; set; }

    public Dictionary<string, string> Parameters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public DateTime? CreateTime { get; set; }

    public List<PrincipalPermissions> CreateTableDefaultPermissions { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public DatabaseIdentifier TargetDatabase { get; set; }

    public string CatalogId { get; set; }

    public FederatedDatabase FederatedDatabase { get; set; }
}
