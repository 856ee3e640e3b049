namespace Amazon.Glue.Model;

public class Column
{
    public string Name { get; set; }

    public string Type { get; set; }

    public string Comment { get; set; }

    public Dictionary<string, string> Parameters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
