using System.Text.Json.Serialization;

namespace Amazon.Glue.Model;

public class DynamoDBTarget
{
    public string Path { get; set; }

    [JsonPropertyName("scanAll")]
    public bool? ScanAll { get; set; }

    [JsonPropertyName("scanRate")]
    public double? ScanRate { get; set; }
}
