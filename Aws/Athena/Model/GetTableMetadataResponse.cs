using Amazon.Runtime;

namespace Amazon.Athena.Model;

/// <summary>The response of <see cref="IAmazonAthena.GetTableMetadataAsync"/>.</summary>
public class GetTableMetadataResponse : AmazonWebServiceResponse
{
    public TableMetadata TableMetadata { get; set; }
}
