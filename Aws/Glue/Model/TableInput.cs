namespace Amazon.Glue.Model;

public class TableInput
{
    public string Name { get; set; }

    public string Description { get; set; }

    public string Owner { get; set; }

    public DateTime? LastAccessTime { get; set; }

    public DateTime? LastAnalyzedTime { get; set; }

    public int? Retention { get; set; }

    public StorageDescriptor StorageDescriptor { get; set; }

    public List<Column> PartitionKeys { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string ViewOriginalText { get; set; }

    public string ViewExpandedText { get; set; }

    public string TableType { get; set; }

    public Dictionary<string, string> Parameters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public TableIdentifier TargetTable { get; set; }

    public FederatedTable FederatedTable { get; set; }

    public ViewDefinitionInput ViewDefinition { get; set; }
}
