namespace Amazon.Glue.Model;

/// <summary>The request of <see cref="IAmazonGlue.GetCrawlerAsync"/>.</summary>
public class GetCrawlerRequest : AmazonGlueRequest
{
    public string Name { get; set; }
}
