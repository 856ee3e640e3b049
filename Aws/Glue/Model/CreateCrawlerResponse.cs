using Amazon.Runtime;

namespace Amazon.Glue.Model;

/// <summary>The response of <see cref="IAmazonGlue.CreateCrawlerAsync"/>.</summary>
public class CreateCrawlerResponse : AmazonWebServiceResponse;
