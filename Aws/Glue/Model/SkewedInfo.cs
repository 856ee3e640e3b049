namespace Amazon.Glue.Model;

public class SkewedInfo
{
    public List<string> SkewedColumnNames { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<string> SkewedColumnValues { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public Dictionary<string, string> SkewedColumnValueLocationMaps { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
