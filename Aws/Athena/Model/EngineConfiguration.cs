namespace Amazon.Athena.Model;

public class EngineConfiguration
{
    public int? CoordinatorDpuSize { get; set; }

    public int? MaxConcurrentDpus { get; set; }

    public int? DefaultExecutorDpuSize { get; set; }

    public Dictionary<string, string> AdditionalConfigs { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public Dictionary<string, string> SparkProperties { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<Classification> Classifications { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
