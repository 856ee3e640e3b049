namespace Amazon.Glue.Model;

public class S3Target
{
    public string Path { get; set; }

    public List<string> Exclusions { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string ConnectionName { get; set; }

    /// <summary>Files to read in each leaf folder, 1 to 249; all when null.</summary>
    public int? SampleSize { get; set; }

    public string EventQueueArn { get; set; }

    public string DlqEventQueueArn { get; set; }
}
