namespace Amazon.Glue.Model;

/// <summary>The request of <see cref="IAmazonGlue.StartCrawlerAsync"/>.</summary>
public class StartCrawlerRequest : AmazonGlueRequest
{
    public string Name { get; set; }
}
