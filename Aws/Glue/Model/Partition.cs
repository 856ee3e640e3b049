namespace Amazon.Glue.Model;

public class Partition
{
    public List<string> Values { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string DatabaseName { get; set; }

    public string TableName { get; set; }

    public DateTime? CreationTime { get; set; }

    public DateTime? LastAccessTime { get; set; }

    public StorageDescriptor StorageDescriptor { get; set; }

    public Dictionary<string, string> Parameters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public DateTime? LastAnalyzedTime { get; set; }

    public string CatalogId { get; set; }
}
