namespace Amazon.Glue.Model;

public class PartitionIndex
{
    public List<string> Keys { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string IndexName { get; set; }
}
