namespace Amazon.Glue.Model;

public class PartitionInput
{
    public List<string> Values { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public DateTime? LastAccessTime { get; set; }

    public StorageDescriptor StorageDescriptor { get; set; }

    public Dictionary<string, string> Parameters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public DateTime? LastAnalyzedTime { get; set; }
}
