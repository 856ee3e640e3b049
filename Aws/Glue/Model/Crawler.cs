namespace Amazon.Glue.Model;

public class Crawler
{
    public string Name { get; set; }

    public string Role { get; set; }

    public CrawlerTargets Targets { get; set; }

    public string DatabaseName { get; set; }

    public string Description { get; set; }

    public List<string> Classifiers { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public RecrawlPolicy RecrawlPolicy { get; set; }

    public SchemaChangePolicy SchemaChangePolicy { get; set; }

    public LineageConfiguration LineageConfiguration { get; set; }

    public CrawlerState State { get; set; }

    public string TablePrefix { get; set; }

    public Schedule Schedule { get; set; }

    /// <summary>Milliseconds the last crawl took.</summary>
    public long? CrawlElapsedTime { get; set; }

    public DateTime? CreationTime { get; set; }

    public DateTime? LastUpdated { get; set; }

    public LastCrawlInfo LastCrawl { get; set; }

    public long? Version { get; set; }

    public string Configuration { get; set; }

    public string CrawlerSecurityConfiguration { get; set; }

    public LakeFormationConfiguration LakeFormationConfiguration { get; set; }

    public string CatalogId { get; set; }
}
