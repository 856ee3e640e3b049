namespace Amazon.Glue.Model;

/// <summary>The request of <see cref="IAmazonGlue.UpdateCrawlerAsync"/>.</summary>
public class UpdateCrawlerRequest : AmazonGlueRequest
{
    public string Name { get; set; }

    public string Role { get; set; }

    public string DatabaseName { get; set; }

    public string Description { get; set; }

    public CrawlerTargets Targets { get; set; }

    public string Schedule { get; set; }

    public List<string> Classifiers { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string TablePrefix { get; set; }

    public SchemaChangePolicy SchemaChangePolicy { get; set; }

    public RecrawlPolicy RecrawlPolicy { get; set; }

    public LineageConfiguration LineageConfiguration { get; set; }

    public LakeFormationConfiguration LakeFormationConfiguration { get; set; }

    public string Configuration { get; set; }

    public string CrawlerSecurityConfiguration { get; set; }

    public string CatalogId { get; set; }
}
