namespace Amazon.Athena.Model;

public class CloudWatchLoggingConfiguration
{
    public bool? Enabled { get; set; }

    public string LogGroup { get; set; }

    public string LogStreamNamePrefix { get; set; }

    public Dictionary<string, List<string>> LogTypes { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
