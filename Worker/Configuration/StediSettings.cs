using System.ComponentModel.DataAnnotations;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Activities.Resilience;
using Stedi.Temporal.Workflows;
using Stedi.Temporal.Workflows.Inputs;
using YamlDotNet.Serialization;

namespace Stedi.Temporal.Worker.Configuration;

/// <summary>
/// The settings of temporal-dev.yaml and the environment. The properties that can be set are the file's keys, in camel case;
/// every one has a default.
/// </summary>
public sealed record StediSettings
{
    /// <summary>The Temporal server.</summary>
    public TemporalSettings Temporal { get; init; } = new();

    /// <summary>The AWS account, or the embedded S3, Glue and Athena.</summary>
    public AwsSettings Aws { get; init; } = new();

    /// <summary>The names of the lake's databases, work group and role.</summary>
    public LakeSettings Lake { get; init; } = new();

    /// <summary>The landing data that is generated for an empty embedded lake.</summary>
    public GeneratedLandingSettings Landing { get; init; } = new();

    /// <summary>What a run does unless the command line says otherwise.</summary>
    public RunSettings Run { get; init; } = new();

    /// <summary>The workflow id of the main job.</summary>
    public string WorkflowId => Run.WorkflowId;

    /// <summary>The task queue of the lake's workflows and activities.</summary>
    public string TaskQueue => Temporal.TaskQueue is { Length: > 0 } named ? named
        : Temporal.IsEmbedded && Aws.IsEmbedded ? TaskQueues.Local
        : TaskQueues.OfBucket(Aws.Bucket ?? AwsSettings.EmbeddedBucket);

    /// <summary>The lake's options for the activities.</summary>
    public LakeOptions LakeOptions => Lake.CreateOptions(Aws.Bucket ?? AwsSettings.EmbeddedBucket, Aws, Temporal);
}

/// <summary>The Temporal server.</summary>
public sealed record TemporalSettings
{
    /// <summary>The default port of the web page. If it is taken, the page is served on a free port.</summary>
    public const int DefaultUiPort = 8233;

    /// <summary>Host and port of a server, or null for the embedded one, which the file may call "embedded".</summary>
    public string? Address { get; init => field = value == "embedded" ? null : value; }

    /// <summary>The namespace.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>The task queue; empty for <c>stedi-</c> and the bucket's name, or that of the local stack.</summary>
    public string TaskQueue { get; init; } = "";

    /// <summary>The embedded server's port on 127.0.0.1; 0 takes any free one.</summary>
    [Range(0, 65535)]
    public int Port { get; init; } = 7233;

    /// <summary>The port on 127.0.0.1 of the embedded server's web page; 0 takes any free one.</summary>
    [Range(0, 65535)]
    public int UiPort { get; init; } = DefaultUiPort;

    /// <summary>
    /// The seconds without a heartbeat after which a step counts as lost and is retried. A worker heartbeats all the time, so this is how
    /// long a crash goes unnoticed.
    /// </summary>
    [Range(1, 3600)]
    public int HeartbeatSeconds { get; init; } = (int)ActivityProfiles.HeartbeatTimeout.TotalSeconds;

    /// <summary>Whether the SDK's environment configuration names the server, whatever <see cref="Address"/> is.</summary>
    [YamlIgnore]
    public bool FromEnvironment { get; init; }

    /// <summary>Whether this program runs the server itself.</summary>
    public bool IsEmbedded => Address is null && !FromEnvironment;
}

/// <summary>The AWS account, or the embedded S3, Glue and Athena.</summary>
public sealed record AwsSettings
{
    /// <summary>The bucket of an embedded lake.</summary>
    public const string EmbeddedBucket = "stedi-lake";

    /// <summary>The bucket of a lake on AWS, or null for embedded S3, Glue and Athena, which the file may call "embedded".</summary>
    public string? Bucket { get; init => field = value == "embedded" ? null : value; }

    /// <summary>The region; null leaves it to the SDK's own configuration.</summary>
    public string? Region { get; init; }

    /// <summary>The account's number, which lineage uses in the names of tables.</summary>
    public string AccountId { get; init; } = "000000000000";

    /// <summary>The port of embedded S3, Glue and Athena on 127.0.0.1; 0 takes any free one.</summary>
    [Range(0, 65535)]
    public int Port { get; init; } = 4566;

    /// <summary>The memory in MiB that embedded Athena's queries may use together.</summary>
    [Range(128, 1024 * 1024)]
    public int MemoryMiB { get; init; } = 3072;

    /// <summary>Whether this program runs S3, Glue and Athena itself.</summary>
    public bool IsEmbedded => Bucket is null;
}

/// <summary>The names of the lake's databases, work group and role.</summary>
public sealed record LakeSettings
{
    /// <summary>The Glue database of the landing and published tables.</summary>
    public string Database { get; init; } = "stedi";

    /// <summary>The Glue database of tables that runs have created and not yet published.</summary>
    public string WorkDatabase { get; init; } = "stedi_work";

    /// <summary>The restricted Glue database of the pseudonym key, of cleared lines and of requests about a person.</summary>
    public string PrivateDatabase { get; init; } = "stedi_private";

    /// <summary>The Athena work group.</summary>
    public string WorkGroup { get; init; } = "primary";

    /// <summary>The Athena work group of the privacy commands.</summary>
    public string PrivacyWorkGroup { get; init; } = "primary";

    /// <summary>The IAM role of the crawlers, by name or ARN.</summary>
    public string CrawlerRole { get; init; } = "stedi-crawler";

    /// <summary>Endpoint that receives OpenLineage events, or null. Events are always written to the lake as well.</summary>
    public Uri? OpenLineageUrl { get; init; }

    /// <summary>The lake's options for the activities.</summary>
    public LakeOptions CreateOptions(string bucket, AwsSettings aws, TemporalSettings temporal) => new()
    {
        Bucket = bucket,
        Polling = aws.IsEmbedded ? PollingInterval.Local : PollingInterval.Remote,
        PermissionPatience = aws.IsEmbedded ? TimeSpan.Zero : LakeOptions.PatienceOfAws,
        Region = aws.Region ?? "us-east-1",
        AccountId = aws.AccountId,
        JobNamespace = $"temporal://{temporal.Namespace}",
        OpenLineageUrl = OpenLineageUrl,
        HeartbeatSeconds = temporal.HeartbeatSeconds,
        Database = Database,
        WorkDatabase = WorkDatabase,
        PrivateDatabase = PrivateDatabase,
        WorkGroup = WorkGroup,
        PrivacyWorkGroup = PrivacyWorkGroup,
        CrawlerRole = CrawlerRole,
    };
}

/// <summary>The landing data that is generated for an empty embedded lake. The same settings generate the same data.</summary>
public sealed record GeneratedLandingSettings
{
    /// <summary>1 generates as much as the published data set has: 956 customers, 81,273 accelerometer and 28,680 step rows.</summary>
    [Range(0.01, 100)]
    public double Scale { get; init; } = 1;

    /// <summary>Another seed generates other data of the same shape.</summary>
    [Range(0, int.MaxValue)]
    public int Seed { get; init; } = 1;
}

/// <summary>What a run does unless the command line says otherwise. The ranges and defaults are those of the workflow's input.</summary>
public sealed record RunSettings
{
    private static readonly LakehouseInput Defaults = new();

    /// <summary>The workflow id of the main job; each lake has one.</summary>
    public string WorkflowId { get; init; } = "stedi-lakehouse";

    /// <inheritdoc cref="LakehouseInput.ConsentPolicy"/>
    public ConsentPolicy ConsentPolicy { get; init; } = Defaults.ConsentPolicy;

    /// <inheritdoc cref="LakehouseInput.RejectedLinesLimit"/>
    [Range(InputLimits.MinRejectedLinesLimit, InputLimits.MaxRejectedLinesLimit)]
    public double RejectedLinesLimit { get; init; } = Defaults.RejectedLinesLimit;

    /// <inheritdoc cref="LakehouseInput.SnapshotsToKeep"/>
    [Range(InputLimits.MinSnapshotsToKeep, InputLimits.MaxSnapshotsToKeep)]
    public int SnapshotsToKeep { get; init; } = Defaults.SnapshotsToKeep;

    /// <summary>The input of a run with these settings.</summary>
    public LakehouseInput CreateInput(AwsSettings aws) => new()
    {
        Lake = aws.Bucket ?? "",
        ConsentPolicy = ConsentPolicy,
        RejectedLinesLimit = RejectedLinesLimit,
        SnapshotsToKeep = SnapshotsToKeep,
    };
}
