namespace Amazon.Glue.Model;

/// <summary>The request of <see cref="IAmazonGlue.StopCrawlerAsync"/>.</summary>
public class StopCrawlerRequest : AmazonGlueRequest
{
    public string Name { get; set; }
}
