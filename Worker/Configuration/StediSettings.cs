using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows.Inputs;

namespace Stedi.Temporal.Worker.Configuration;

/// <summary>What temporal-dev.yaml and the environment say; every part has defaults.</summary>
public sealed record StediSettings
{
    /// <summary>The Temporal server.</summary>
    public TemporalSettings Temporal { get; init; } = new();

    /// <summary>The account, or what a laptop has instead.</summary>
    public AwsSettings Aws { get; init; } = new();

    /// <summary>The names of the lake's parts.</summary>
    public LakeSettings Lake { get; init; } = new();

    /// <summary>The landing data that is generated where a laptop's lake is empty.</summary>
    public GeneratedLandingSettings Landing { get; init; } = new();

    /// <summary>The workflow id of the main job: one lake has one.</summary>
    public string WorkflowId { get; init; } = "stedi-lakehouse";

    /// <summary>The lake as the activities know it.</summary>
    public LakeOptions LakeOptions => Lake.In(Aws.Bucket ?? AwsSettings.EmbeddedBucket, Aws, Temporal);

    /// <summary>What a run is asked to do where the command line does not say otherwise.</summary>
    public LakehouseInput Run { get; init; } = new();
}

/// <summary>The Temporal server.</summary>
public sealed record TemporalSettings
{
    /// <summary>The port that the web page has unless another is named; if it is taken, the page goes to a free one.</summary>
    public const int DefaultUiPort = 8233;

    /// <summary>Host and port of a server, or null for the embedded one.</summary>
    public string? Address { get; init; }

    /// <summary>The namespace.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>The embedded server's port on 127.0.0.1; 0 takes any free one.</summary>
    public int Port { get; init; } = 7233;

    /// <summary>The port on 127.0.0.1 of the embedded server's web page; 0 takes any free one.</summary>
    public int UiPort { get; init; } = DefaultUiPort;

    /// <summary>Whether the SDK's own environment configuration says how to connect, <see cref="Address"/> or not.</summary>
    public bool FromEnvironment { get; init; }

    /// <summary>Whether this program brings the server itself.</summary>
    public bool IsEmbedded => Address is null && !FromEnvironment;
}

/// <summary>The AWS account, or what a laptop has instead.</summary>
public sealed record AwsSettings
{
    /// <summary>The bucket that an embedded lake uses.</summary>
    public const string EmbeddedBucket = "stedi-lake";

    /// <summary>The bucket of a lake on AWS, or null for the embedded S3, Glue and Athena.</summary>
    public string? Bucket { get; init; }

    /// <summary>The region; null leaves it to the SDK's own configuration.</summary>
    public string? Region { get; init; }

    /// <summary>The account's number, as lineage names tables by it.</summary>
    public string AccountId { get; init; } = "000000000000";

    /// <summary>The port of embedded S3, Glue and Athena on 127.0.0.1; 0 takes any free one.</summary>
    public int Port { get; init; } = 4566;

    /// <summary>The memory in MiB that embedded Athena's queries may use together.</summary>
    public int MemoryMiB { get; init; } = 3072;

    /// <summary>Whether this program brings S3, Glue and Athena itself.</summary>
    public bool IsEmbedded => Bucket is null;
}

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

/// <summary>The landing data that is generated where a laptop's lake is empty: the same for the same settings.</summary>
public sealed record GeneratedLandingSettings
{
    /// <summary>1 makes the size of the published data set: 956 customers, 81,273 accelerometer and 28,680 step rows.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Another seed makes other data of the same shape.</summary>
    public int Seed { get; init; } = 1;
}
