using Stedi.Temporal.Activities;

namespace Stedi.Temporal.Worker.Settings;

/// <summary>The names of the lake's parts.</summary>
public sealed record LakeSettings
{
    /// <summary>The Glue database of the landing and published tables.</summary>
    public string Database { get; init; } = "stedi";

    /// <summary>The Glue database of what runs have made but not published.</summary>
    public string WorkDatabase { get; init; } = "stedi_work";

    /// <summary>The restricted Glue database of the pseudonym key.</summary>
    public string PrivateDatabase { get; init; } = "stedi_private";

    /// <summary>The Athena work group.</summary>
    public string WorkGroup { get; init; } = "primary";

    /// <summary>The IAM role of the crawlers, by name or ARN.</summary>
    public string CrawlerRole { get; init; } = "stedi-crawler";

    /// <summary>An OpenLineage server that hears of every step; null for none. The lake keeps the events in any case.</summary>
    public Uri? OpenLineageUrl { get; init; }

    /// <summary>The lake as the activities know it.</summary>
    public LakeOptions In(string bucket, AwsSettings aws, TemporalSettings temporal) => new()
    {
        Bucket = bucket,
        Region = aws.Region ?? "us-east-1",
        AccountId = aws.AccountId,
        JobNamespace = $"temporal://{temporal.Namespace}",
        OpenLineageUrl = OpenLineageUrl,
        Database = Database,
        WorkDatabase = WorkDatabase,
        PrivateDatabase = PrivateDatabase,
        WorkGroup = WorkGroup,
        CrawlerRole = CrawlerRole,
    };
}
