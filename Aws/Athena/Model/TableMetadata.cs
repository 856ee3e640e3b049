namespace Amazon.Athena.Model;

public class TableMetadata
{
    public string Name { get; set; }

    public DateTime? CreateTime { get; set; }

    public DateTime? LastAccessTime { get; set; }

    public string TableType { get; set; }

    public List<Column> Columns { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<Column> PartitionKeys { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public Dictionary<string, string> Parameters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
