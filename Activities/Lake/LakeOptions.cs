namespace Stedi.Temporal.Activities.Lake;

/// <summary>Which lake the activities work on. Nothing else in them is configurable.</summary>
public sealed record LakeOptions
{
    /// <summary>The bucket that holds everything: landing, trusted, curated, snapshots, query results.</summary>
    public required string Bucket { get; init; }

    /// <summary>The Glue database of the landing tables and the published tables.</summary>
    public string Database { get; init; } = "stedi";

    /// <summary>The Glue database of what runs have staged and made but not published.</summary>
    public string WorkDatabase { get; init; } = "stedi_work";

    /// <summary>The restricted Glue database of <see cref="PseudonymKeyTable"/>.</summary>
    public string PrivateDatabase { get; init; } = "stedi_private";

    /// <summary>A table of one row and one column, <c>key</c>: text of 16 bytes or more, such as 64 hexadecimal digits.</summary>
    public string PseudonymKeyTable { get; init; } = "pseudonym_key";

    /// <summary>The Athena work group.</summary>
    public string WorkGroup { get; init; } = "primary";

    /// <summary>The IAM role that crawlers assume, by name or ARN.</summary>
    public string CrawlerRole { get; init; } = "stedi-crawler";

    /// <summary>Where Athena leaves query results, below the bucket; a lifecycle rule expires them.</summary>
    public string ResultsPrefix { get; init; } = "results/";

    /// <summary>Where the results of the pipeline's own queries are left. Only the pipeline may write there: it acts on what it reads back.</summary>
    public string RunResultsPrefix => ResultsPrefix + "runs/";

    /// <summary>How long query results and quarantined lines stay; on AWS a lifecycle rule should say the same.</summary>
    public TimeSpan Expiry { get; init; } = TimeSpan.FromDays(7);

    /// <summary>The AWS region, as lineage names datasets by it.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>The AWS account, as lineage names datasets by it.</summary>
    public string AccountId { get; init; } = "000000000000";

    /// <summary>OpenLineage's namespace of this project's jobs, one a Temporal namespace.</summary>
    public string JobNamespace { get; init; } = "temporal://default";

    /// <summary>An OpenLineage server's address for events, such as <c>http://marquez:5000/api/v1/lineage</c>; null for none.</summary>
    public Uri? OpenLineageUrl { get; init; }
}
