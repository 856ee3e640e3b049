using Amazon.Runtime;

namespace Amazon.Athena.Model;

/// <summary>The request of <see cref="IAmazonAthena.GetWorkGroupAsync"/>.</summary>
public class GetWorkGroupRequest : AmazonAthenaRequest
{
    public string WorkGroup { get; set; }
}

/// <summary>The response of <see cref="IAmazonAthena.GetWorkGroupAsync"/>.</summary>
public class GetWorkGroupResponse : AmazonWebServiceResponse
{
    public WorkGroup WorkGroup { get; set; }
}

public class WorkGroup
{
    public string Name { get; set; }

    public WorkGroupState State { get; set; }

    public WorkGroupConfiguration Configuration { get; set; }

    public string Description { get; set; }

    public DateTime? CreationTime { get; set; }

    public string IdentityCenterApplicationArn { get; set; }
}

public class WorkGroupConfiguration
{
    public ResultConfiguration ResultConfiguration { get; set; }

    public bool? EnforceWorkGroupConfiguration { get; set; }

    public bool? PublishCloudWatchMetricsEnabled { get; set; }

    /// <summary>At least 10,000,000.</summary>
    public long? BytesScannedCutoffPerQuery { get; set; }

    public bool? RequesterPaysEnabled { get; set; }

    public string AdditionalConfiguration { get; set; }

    public string ExecutionRole { get; set; }

    public bool? EnableMinimumEncryptionConfiguration { get; set; }
}
