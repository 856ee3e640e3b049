using Stedi.Temporal.Activities.Resilience;

namespace Stedi.Temporal.Activities.Lake;

/// <summary>The lake that the activities work on.</summary>
public sealed record LakeOptions
{
    /// <summary>The bucket of all of the lake's objects.</summary>
    public required string Bucket { get; init; }

    /// <summary>The Glue database of the landing tables and the published tables.</summary>
    public string Database { get; init; } = "stedi";

    /// <summary>Where the bucket is, if its name does not tell because it is not at AWS: a host, or null.</summary>
    public string? Host { get; init; }

    /// <summary>Identifies the lake among those of one Temporal namespace.</summary>
    public string Identity => $"{Host ?? AccountId}/{Bucket}/{Database}";

    /// <summary>The Glue database of work tables, which are staged and built but not published.</summary>
    public string WorkDatabase { get; init; } = "stedi_work";

    /// <summary>The restricted Glue database of <see cref="PseudonymKeyTable"/>, of cleared lines and of requests about a person.</summary>
    public string PrivateDatabase { get; init; } = "stedi_private";

    /// <summary>The table of the pseudonym key. It has one row and the column <c>key</c>, a string of at least 16 bytes.</summary>
    public string PseudonymKeyTable { get; init; } = "pseudonym_key";

    /// <summary>The table of cleared lines in <see cref="PrivateDatabase"/>. It need not exist.</summary>
    public string ClearedLinesTable { get; init; } = "cleared_lines";

    /// <summary>The Athena work group.</summary>
    public string WorkGroup { get; init; } = "primary";

    /// <summary>The Athena work group of the privacy commands.</summary>
    public string PrivacyWorkGroup { get; init; } = "primary";

    /// <summary>The IAM role that crawlers assume, by name or ARN.</summary>
    public string CrawlerRole { get; init; } = "stedi-crawler";

    /// <summary>The prefix of Athena's query results, which a lifecycle rule expires.</summary>
    public string ResultsPrefix { get; init; } = "results/";

    /// <summary>The prefix of the results of the pipeline's own queries. Only the pipeline may write there, because it trusts what it reads back.</summary>
    public string RunResultsPrefix => ResultsPrefix + "runs/";

    /// <summary>The prefix of the results of the privacy commands' queries, which they delete. They hold rejected lines and records of people.</summary>
    public string PrivacyResultsPrefix => ResultsPrefix + "privacy/";

    /// <summary>The age at which query results and quarantined lines are removed. On AWS, a lifecycle rule should have the same value.</summary>
    public TimeSpan Expiry { get; init; } = TimeSpan.FromDays(7);

    /// <summary>The pauses between two polls of a query or a crawler.</summary>
    public PollingInterval Polling { get; init; } = PollingInterval.Remote;

    /// <summary>The time within which AWS's services follow a change of credentials or roles.</summary>
    public static TimeSpan PatienceOfAws { get; } = TimeSpan.FromMinutes(2);

    /// <summary>The heartbeat time-out of the steps of runs that this worker opens, in seconds; null for the default.</summary>
    public int? HeartbeatSeconds { get; init; }

    /// <summary>How long a step is repeated that AWS denies something. Credentials may be renewed, and changes of roles take effect, meanwhile.</summary>
    public TimeSpan PermissionPatience { get; init; } = PatienceOfAws;

    /// <summary>The AWS region in the names of lineage datasets.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>The AWS account in the names of lineage datasets.</summary>
    public string AccountId { get; init; } = "000000000000";

    /// <summary>The OpenLineage namespace of the pipeline's jobs.</summary>
    public string JobNamespace { get; init; } = "temporal://default";

    /// <summary>The endpoint that receives OpenLineage events, such as <c>http://marquez:5000/api/v1/lineage</c>, or null. Events are always written to the lake as well.</summary>
    public Uri? OpenLineageUrl { get; init; }

    /// <summary>Whether a workflow's input or an opened run means this lake: by its identity or its bucket.</summary>
    public bool IsNamed(string lake) => lake == Identity || lake == Bucket;
}
