using Amazon.Runtime;

namespace Amazon.Athena.Model;

/// <summary>The response of <see cref="IAmazonAthena.StopQueryExecutionAsync"/>.</summary>
public class StopQueryExecutionResponse : AmazonWebServiceResponse;
