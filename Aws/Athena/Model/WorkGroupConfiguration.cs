namespace Amazon.Athena.Model;

public class WorkGroupConfiguration
{
    public ResultConfiguration ResultConfiguration { get; set; }

    public ManagedQueryResultsConfiguration ManagedQueryResultsConfiguration { get; set; }

    public bool? EnforceWorkGroupConfiguration { get; set; }

    public bool? PublishCloudWatchMetricsEnabled { get; set; }

    /// <summary>At least 10,000,000.</summary>
    public long? BytesScannedCutoffPerQuery { get; set; }

    public bool? RequesterPaysEnabled { get; set; }

    public EngineVersion EngineVersion { get; set; }

    public string AdditionalConfiguration { get; set; }

    public string ExecutionRole { get; set; }

    public MonitoringConfiguration MonitoringConfiguration { get; set; }

    public EngineConfiguration EngineConfiguration { get; set; }

    public CustomerContentEncryptionConfiguration CustomerContentEncryptionConfiguration { get; set; }

    public bool? EnableMinimumEncryptionConfiguration { get; set; }

    public IdentityCenterConfiguration IdentityCenterConfiguration { get; set; }

    public QueryResultsS3AccessGrantsConfiguration QueryResultsS3AccessGrantsConfiguration { get; set; }

    public List<SystemTableStatus> SystemTableStatuses { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
