using Amazon.Runtime;

namespace Amazon.Glue.Model;

/// <summary>The response of <see cref="IAmazonGlue.CreateDatabaseAsync"/>.</summary>
public class CreateDatabaseResponse : AmazonWebServiceResponse;
