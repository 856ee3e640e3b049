using Amazon.Runtime;

namespace Amazon.Glue.Model;

/// <summary>The response of <see cref="IAmazonGlue.StartCrawlerAsync"/>.</summary>
public class StartCrawlerResponse : AmazonWebServiceResponse;
