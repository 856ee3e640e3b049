using Amazon.Runtime;

namespace Amazon.Glue.Model;

/// <summary>The response of <see cref="IAmazonGlue.UpdateTableAsync"/>.</summary>
public class UpdateTableResponse : AmazonWebServiceResponse;
