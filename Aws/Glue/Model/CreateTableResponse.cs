using Amazon.Runtime;

namespace Amazon.Glue.Model;

/// <summary>The response of <see cref="IAmazonGlue.CreateTableAsync"/>.</summary>
public class CreateTableResponse : AmazonWebServiceResponse;
