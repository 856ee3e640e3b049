namespace Amazon.Athena.Model;

public class Classification
{
    public string Name { get; set; }

    public Dictionary<string, string> Properties { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
