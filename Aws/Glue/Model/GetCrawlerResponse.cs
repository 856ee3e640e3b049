using Amazon.Runtime;

namespace Amazon.Glue.Model;

/// <summary>The response of <see cref="IAmazonGlue.GetCrawlerAsync"/>.</summary>
public class GetCrawlerResponse : AmazonWebServiceResponse
{
    public Crawler Crawler { get; set; }
}
