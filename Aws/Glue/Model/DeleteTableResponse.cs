using Amazon.Runtime;

namespace Amazon.Glue.Model;

/// <summary>The response of <see cref="IAmazonGlue.DeleteTableAsync"/>.</summary>
public class DeleteTableResponse : AmazonWebServiceResponse;
