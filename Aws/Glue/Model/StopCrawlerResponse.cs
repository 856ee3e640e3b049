using Amazon.Runtime;

namespace Amazon.Glue.Model;

/// <summary>The response of <see cref="IAmazonGlue.StopCrawlerAsync"/>.</summary>
public class StopCrawlerResponse : AmazonWebServiceResponse;
