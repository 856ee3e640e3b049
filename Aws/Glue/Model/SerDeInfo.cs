namespace Amazon.Glue.Model;

public class SerDeInfo
{
    public string Name { get; set; }

    public string SerializationLibrary { get; set; }

    public Dictionary<string, string> Parameters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
