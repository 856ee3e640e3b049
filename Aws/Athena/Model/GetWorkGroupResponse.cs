using Amazon.Runtime;

namespace Amazon.Athena.Model;

/// <summary>The response of <see cref="IAmazonAthena.GetWorkGroupAsync"/>.</summary>
public class GetWorkGroupResponse : AmazonWebServiceResponse
{
    public WorkGroup WorkGroup { get; set; }
}
