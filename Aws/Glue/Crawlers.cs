using Amazon.Runtime;

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

    /// <summary>Prefix of the names of the tables that the crawler creates.</summary>
    public string TablePrefix { get; set; }

    public SchemaChangePolicy SchemaChangePolicy { get; set; }

    /// <summary>Crawler settings as versioned JSON.</summary>
    public string Configuration { get; set; }

    public string CrawlerSecurityConfiguration { get; set; }

    public Dictionary<string, string> Tags { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string CatalogId { get; set; }
}

/// <summary>The response of <see cref="IAmazonGlue.CreateCrawlerAsync"/>.</summary>
public class CreateCrawlerResponse : AmazonWebServiceResponse;

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

    public string Configuration { get; set; }

    public string CrawlerSecurityConfiguration { get; set; }

    public string CatalogId { get; set; }
}

/// <summary>The response of <see cref="IAmazonGlue.UpdateCrawlerAsync"/>.</summary>
public class UpdateCrawlerResponse : AmazonWebServiceResponse;

/// <summary>The request of <see cref="IAmazonGlue.StartCrawlerAsync"/>.</summary>
public class StartCrawlerRequest : AmazonGlueRequest
{
    public string Name { get; set; }
}

/// <summary>The response of <see cref="IAmazonGlue.StartCrawlerAsync"/>.</summary>
public class StartCrawlerResponse : AmazonWebServiceResponse;

/// <summary>The request of <see cref="IAmazonGlue.GetCrawlerAsync"/>.</summary>
public class GetCrawlerRequest : AmazonGlueRequest
{
    public string Name { get; set; }
}

/// <summary>The response of <see cref="IAmazonGlue.GetCrawlerAsync"/>.</summary>
public class GetCrawlerResponse : AmazonWebServiceResponse
{
    public Crawler Crawler { get; set; }
}

public class Crawler
{
    public string Name { get; set; }

    public string Role { get; set; }

    public CrawlerTargets Targets { get; set; }

    public string DatabaseName { get; set; }

    public string Description { get; set; }

    public List<string> Classifiers { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public SchemaChangePolicy SchemaChangePolicy { get; set; }

    public CrawlerState State { get; set; }

    public string TablePrefix { get; set; }

    /// <summary>Duration of the last crawl in milliseconds.</summary>
    public long? CrawlElapsedTime { get; set; }

    public DateTime? CreationTime { get; set; }

    public DateTime? LastUpdated { get; set; }

    public LastCrawlInfo LastCrawl { get; set; }

    public long? Version { get; set; }

    public string Configuration { get; set; }

    public string CrawlerSecurityConfiguration { get; set; }

    public string CatalogId { get; set; }
}

public class CrawlerTargets
{
    public List<S3Target> S3Targets { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public class S3Target
{
    public string Path { get; set; }

    public List<string> Exclusions { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string ConnectionName { get; set; }

    /// <summary>Files to read in each leaf folder, 1 to 249; all when null.</summary>
    public int? SampleSize { get; set; }

    public string EventQueueArn { get; set; }

    public string DlqEventQueueArn { get; set; }
}

public class SchemaChangePolicy
{
    public UpdateBehavior UpdateBehavior { get; set; }

    public DeleteBehavior DeleteBehavior { get; set; }
}

public class LastCrawlInfo
{
    public LastCrawlStatus Status { get; set; }

    public string ErrorMessage { get; set; }

    public string LogGroup { get; set; }

    public string LogStream { get; set; }

    public string MessagePrefix { get; set; }

    public DateTime? StartTime { get; set; }
}
