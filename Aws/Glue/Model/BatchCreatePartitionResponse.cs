using Amazon.Runtime;

namespace Amazon.Glue.Model;

/// <summary>The response of <see cref="IAmazonGlue.BatchCreatePartitionAsync"/>.</summary>
public class BatchCreatePartitionResponse : AmazonWebServiceResponse
{
    /// <summary>The partitions that were not created: the call itself succeeds.</summary>
    public List<PartitionError> Errors { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
