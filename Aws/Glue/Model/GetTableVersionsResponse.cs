using Amazon.Runtime;

namespace Amazon.Glue.Model;

/// <summary>The response of <see cref="IAmazonGlue.GetTableVersionsAsync"/>.</summary>
public class GetTableVersionsResponse : AmazonWebServiceResponse
{
    public List<TableVersion> TableVersions { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string NextToken { get; set; }
}
