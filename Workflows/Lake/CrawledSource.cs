namespace Stedi.Temporal.Workflows.Lake;

/// <summary>What a crawl found.</summary>
public sealed record CrawledSource
{
    /// <summary>One of <see cref="LandingSources"/>.</summary>
    public required string Source { get; init; }

    /// <summary>The catalogued table, such as <c>customer_landing</c>.</summary>
    public required string Table { get; init; }

    /// <summary>Where the source's files lie, as an <c>s3://</c> URI ending in a slash.</summary>
    public required string Location { get; init; }

    /// <summary>How many files lie there.</summary>
    public required int Files { get; init; }

    /// <summary>Their size in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>How long the crawl took.</summary>
    public required double Seconds { get; init; }

    /// <summary>What differs from the contract without breaking it: unknown columns, other types, absent optional columns.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
