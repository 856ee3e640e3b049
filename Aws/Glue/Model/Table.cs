namespace Amazon.Glue.Model;

public class Table
{
    public string Name { get; set; }

    public string DatabaseName { get; set; }

    public string Description { get; set; }

    public string Owner { get; set; }

    public DateTime? CreateTime { get; set; }

    public DateTime? UpdateTime { get; set; }

    public DateTime? LastAccessTime { get; set; }

    public DateTime? LastAnalyzedTime { get; set; }

    public int? Retention { get; set; }

    public StorageDescriptor StorageDescriptor { get; set; }

    public List<Column> PartitionKeys { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string ViewOriginalText { get; set; }

    public string ViewExpandedText { get; set; }

    public string TableType { get; set; }

    public Dictionary<string, string> Parameters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string CreatedBy { get; set; }

    public bool? IsRegisteredWithLakeFormation { get; set; }

    public TableIdentifier TargetTable { get; set; }

    public string CatalogId { get; set; }

    public string VersionId { get; set; }

    public FederatedTable FederatedTable { get; set; }

    public ViewDefinition ViewDefinition { get; set; }

    public bool? IsMultiDialectView { get; set; }

    public bool? IsMaterializedView { get; set; }

    public IcebergTableMetadata IcebergTableMetadata { get; set; }

    public TableStatus Status { get; set; }

    public RLSProperties RLSProperties { get; set; }
}
