using Amazon.Runtime;

namespace Amazon.Glue.Model;

/// <summary>The response of <see cref="IAmazonGlue.GetTablesAsync"/>.</summary>
public class GetTablesResponse : AmazonWebServiceResponse
{
    public List<Table> TableList { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string NextToken { get; set; }
}
