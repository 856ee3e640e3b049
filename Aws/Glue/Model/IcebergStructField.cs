using System.Text.Json.Serialization;
using Amazon.Runtime.Documents;

namespace Amazon.Glue.Model;

public class IcebergStructField
{
    public int? Id { get; set; }

    public string Name { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Document Type { get; set; }

    public bool? Required { get; set; }

    public string Doc { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Document InitialDefault { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Document WriteDefault { get; set; }
}
