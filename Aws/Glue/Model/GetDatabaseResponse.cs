using Amazon.Runtime;

namespace Amazon.Glue.Model;

/// <summary>The response of <see cref="IAmazonGlue.GetDatabaseAsync"/>.</summary>
public class GetDatabaseResponse : AmazonWebServiceResponse
{
    public Database Database { get; set; }
}
