using Amazon.Runtime;

namespace Amazon.Glue.Model;

/// <summary>The response of <see cref="IAmazonGlue.GetTableAsync"/>.</summary>
public class GetTableResponse : AmazonWebServiceResponse
{
    public Table Table { get; set; }
}
