namespace Stedi.Temporal.Worker.Settings;

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
