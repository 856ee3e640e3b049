using Amazon.Runtime;

namespace Amazon.Athena.Model;

/// <summary>The response of <see cref="IAmazonAthena.CreateWorkGroupAsync"/>.</summary>
public class CreateWorkGroupResponse : AmazonWebServiceResponse;
