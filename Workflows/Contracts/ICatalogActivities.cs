using Temporalio.Activities;

namespace Stedi.Temporal.Workflows.Contracts;

/// <summary>Finding out what landed.</summary>
public interface ICatalogActivities
{
    /// <summary>
    /// Crawls one source into the Glue catalogue and holds what was found against the contract. Fails for good
    /// (<see cref="FailureTypes.BrokenContract"/>) when nothing landed or a required column is absent everywhere.
    /// </summary>
    [Activity]
    public Task<CrawledSource> CrawlAsync(CrawlInput input);

    /// <summary>
    /// Reads one source's lines once, types them by the contract and keeps them as Parquet, rejected lines with their
    /// reason. Fails for good (<see cref="FailureTypes.LandingMismatch"/>) when the query read other files than landed.
    /// </summary>
    [Activity]
    public Task<StagedSource> StageAsync(StageInput input);

    /// <summary>Copies the text of rejected lines to the quarantine, with file and reason, for somebody to mend.</summary>
    [Activity]
    public Task<QuarantinedLines> QuarantineAsync(QuarantineInput input);
}

/// <summary>Asks for one landing source to be crawled into the catalogue.</summary>
/// <param name="Run">The run.</param>
/// <param name="Source">One of <see cref="LandingSources"/>.</param>
public sealed record CrawlInput(RunContext Run, string Source);

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

/// <summary>Asks for one landing source to be read once, typed, and kept as Parquet.</summary>
/// <param name="Run">The run.</param>
/// <param name="StepId">The step's GUID; see <see cref="BuildInput.StepId"/>.</param>
/// <param name="Source">What the crawl found.</param>
public sealed record StageInput(RunContext Run, Guid StepId, CrawledSource Source);

/// <summary>One landing source, typed, as every later step reads it.</summary>
public sealed record StagedSource
{
    /// <summary>One of <see cref="LandingSources"/>.</summary>
    public required string Source { get; init; }

    /// <summary>The staged data: all lines, the rejected ones with their reason.</summary>
    public required BuiltTable Data { get; init; }

    /// <summary>Lines that were accepted.</summary>
    public required long Accepted { get; init; }

    /// <summary>Lines that were rejected.</summary>
    public required long Rejected { get; init; }

    /// <summary>Rejected lines by file and reason; names files and columns, never a value.</summary>
    public required IReadOnlyList<RejectedLines> Rejections { get; init; }
}

/// <summary>Lines of one file that were rejected for one reason.</summary>
/// <param name="File">The file's <c>s3://</c> URI.</param>
/// <param name="Reason">Which field is missing or of another type, or that the line is no JSON object.</param>
/// <param name="Lines">How many lines.</param>
public sealed record RejectedLines(string File, string Reason, long Lines);

/// <summary>Asks for the text of a source's rejected lines to be set aside.</summary>
/// <param name="Run">The run.</param>
/// <param name="StepId">The step's GUID; see <see cref="BuildInput.StepId"/>.</param>
/// <param name="Source">What the crawl found.</param>
/// <param name="Staged">What staging rejected.</param>
public sealed record QuarantineInput(RunContext Run, Guid StepId, CrawledSource Source, StagedSource Staged);

/// <summary>Rejected lines, set aside with their file, text and reason.</summary>
/// <param name="Location">Where, as an <c>s3://</c> URI ending in a slash: Parquet files that expire, and that only the lake's keepers may read.</param>
/// <param name="Lines">How many.</param>
public sealed record QuarantinedLines(string Location, long Lines);
