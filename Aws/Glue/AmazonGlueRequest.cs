using Amazon.Runtime;

namespace Amazon.Glue;

/// <summary>What every request of the service derives from.</summary>
public class AmazonGlueRequest : AmazonWebServiceRequest;
