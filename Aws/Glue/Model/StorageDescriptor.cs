namespace Amazon.Glue.Model;

public class StorageDescriptor
{
    public List<Column> Columns { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string Location { get; set; }

    public List<string> AdditionalLocations { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string InputFormat { get; set; }

    public string OutputFormat { get; set; }

    public bool? Compressed { get; set; }

    public int? NumberOfBuckets { get; set; }

    public SerDeInfo SerdeInfo { get; set; }

    public List<string> BucketColumns { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<Order> SortColumns { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public Dictionary<string, string> Parameters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public SkewedInfo SkewedInfo { get; set; }

    public bool? StoredAsSubDirectories { get; set; }

    public SchemaReference SchemaReference { get; set; }
}
