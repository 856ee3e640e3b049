using Amazon.Runtime;

namespace Amazon.Athena;

/// <summary>What every request of the service derives from.</summary>
public class AmazonAthenaRequest : AmazonWebServiceRequest;
