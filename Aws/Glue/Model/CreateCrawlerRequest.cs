namespace Amazon.Glue.Model;

/// <summary>The request of <see cref="IAmazonGlue.CreateCrawlerAsync"/>.</summary>
public class CreateCrawlerRequest : AmazonGlueRequest
{
    public string Name { get; set; }

    public string Role { get; set; }

    public string DatabaseName { get; set; }

    public string Description { get; set; }

    public CrawlerTargets Targets { get; set; }

    public string Schedule { get; set; }

    public List<string> Classifiers { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>Put before the name of each table the crawler makes.</summary>
    public string TablePrefix { get; set; }

    public SchemaChangePolicy SchemaChangePolicy { get; set; }

    public RecrawlPolicy RecrawlPolicy { get; set; }

    public LineageConfiguration LineageConfiguration { get; set; }

    public LakeFormationConfiguration LakeFormationConfiguration { get; set; }

    /// <summary>JSON: versioned crawler settings.</summary>
    public string Configuration { get; set; }

    public string CrawlerSecurityConfiguration { get; set; }

    public Dictionary<string, string> Tags { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string CatalogId { get; set; }
}
