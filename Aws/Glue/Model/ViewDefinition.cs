namespace Amazon.Glue.Model;

public class ViewDefinition
{
    public bool? IsProtected { get; set; }

    public bool? IsManaged { get; set; }

    public string Definer { get; set; }

    public long? ViewVersionId { get; set; }

    public string ViewVersionToken { get; set; }

    public long? RefreshSeconds { get; set; }

    public LastRefreshType LastRefreshType { get; set; }

    public List<string> SubObjects { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<long> SubObjectVersionIds { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<SubObjectStatistics> SubObjectsStatistics { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<ViewRepresentation> Representations { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public Dictionary<string, string> SparkPipelineInfo { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
