using Amazon.Runtime;

namespace Amazon.Glue.Model;

/// <summary>The response of <see cref="IAmazonGlue.GetPartitionsAsync"/>.</summary>
public class GetPartitionsResponse : AmazonWebServiceResponse
{
    public List<Partition> Partitions { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string NextToken { get; set; }
}
