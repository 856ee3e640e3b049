namespace Amazon.Glue.Model;

public class PartitionError
{
    public List<string> PartitionValues { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public ErrorDetail ErrorDetail { get; set; }
}
