namespace Amazon.Glue.Model;

public class ViewDefinitionInput
{
    public bool? IsProtected { get; set; }

    public bool? IsManaged { get; set; }

    public string Definer { get; set; }

    public List<ViewRepresentationInput> Representations { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public long? ViewVersionId { get; set; }

    public string ViewVersionToken { get; set; }

    public long? RefreshSeconds { get; set; }

    public LastRefreshType LastRefreshType { get; set; }

    public List<string> SubObjects { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<long> SubObjectVersionIds { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public List<SubObjectStatistics> SubObjectsStatistics { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public Dictionary<string, string> SparkPipelineInfo { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
