using Amazon.Runtime;

namespace Amazon.Glue.Model;

/// <summary>The response of <see cref="IAmazonGlue.UpdateCrawlerAsync"/>.</summary>
public class UpdateCrawlerResponse : AmazonWebServiceResponse;
