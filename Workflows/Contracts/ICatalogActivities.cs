using Temporalio.Activities;

namespace Stedi.Temporal.Workflows.Contracts;

/// <summary>Crawls, types and quarantines what landed.</summary>
public interface ICatalogActivities
{
    /// <summary>
    /// Crawls one source into the Glue catalogue and compares the result with the contract. Fails with the non-retryable
    /// <see cref="FailureTypes.BrokenContract"/> if nothing landed or no file has a required column.
    /// </summary>
    [Activity]
    public Task<CrawledSource> CrawlAsync(CrawlInput input);

    /// <summary>
    /// Reads one source's lines, converts them to the contract's types and writes them as Parquet, rejected lines with the
    /// reason. Fails with the non-retryable <see cref="FailureTypes.LandingMismatch"/> if the query did not read exactly
    /// the files that landed.
    /// </summary>
    [Activity]
    public Task<StagedSource> StageAsync(StageInput input);

    /// <summary>Copies the text of rejected lines to the quarantine, with file and reason, so that they can be corrected.</summary>
    [Activity]
    public Task<QuarantinedLines> QuarantineAsync(QuarantineInput input);
}

/// <summary>The input of <see cref="ICatalogActivities.CrawlAsync"/>.</summary>
/// <param name="Run">The run.</param>
/// <param name="Source">One of <see cref="LandingSources"/>.</param>
public sealed record CrawlInput(RunContext Run, string Source);

/// <summary>A landing source that was crawled.</summary>
public sealed record CrawledSource
{
    /// <summary>One of <see cref="LandingSources"/>.</summary>
    public required string Source { get; init; }

    /// <summary>The catalogued table, such as <c>customer_landing</c>.</summary>
    public required string Table { get; init; }

    /// <summary>Where the source's files are, as an <c>s3://</c> URI ending in a slash.</summary>
    public required string Location { get; init; }

    /// <summary>The number of files.</summary>
    public required int Files { get; init; }

    /// <summary>The size of the files in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>The duration of the crawl, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>Tolerated differences from the contract: unknown columns, other types, absent optional columns.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>The input of <see cref="ICatalogActivities.StageAsync"/>.</summary>
/// <param name="Run">The run.</param>
/// <param name="StepId">The step's GUID; see <see cref="BuildInput.StepId"/>.</param>
/// <param name="Source">The crawled source.</param>
public sealed record StageInput(RunContext Run, Guid StepId, CrawledSource Source);

/// <summary>A landing source with typed columns, as all later steps read it.</summary>
public sealed record StagedSource
{
    /// <summary>One of <see cref="LandingSources"/>.</summary>
    public required string Source { get; init; }

    /// <summary>The table of all lines, rejected ones included.</summary>
    public required BuiltTable Data { get; init; }

    /// <summary>The number of accepted lines.</summary>
    public required long Accepted { get; init; }

    /// <summary>The number of rejected lines.</summary>
    public required long Rejected { get; init; }

    /// <summary>The rejected lines by file and reason. Names files and columns, never a value.</summary>
    public required IReadOnlyList<RejectedLines> Rejections { get; init; }
}

/// <summary>Lines of one file that were rejected for one reason.</summary>
/// <param name="File">The file's <c>s3://</c> URI.</param>
/// <param name="Reason">Which field is missing or of another type, or that the line is not a JSON object.</param>
/// <param name="Lines">The number of lines.</param>
public sealed record RejectedLines(string File, string Reason, long Lines);

/// <summary>The input of <see cref="ICatalogActivities.QuarantineAsync"/>.</summary>
/// <param name="Run">The run.</param>
/// <param name="StepId">The step's GUID; see <see cref="BuildInput.StepId"/>.</param>
/// <param name="Source">The crawled source.</param>
/// <param name="Staged">The staged source.</param>
public sealed record QuarantineInput(RunContext Run, Guid StepId, CrawledSource Source, StagedSource Staged);

/// <summary>The rejected lines of a source, with file, text and reason.</summary>
/// <param name="Location">Where they are, as an <c>s3://</c> URI ending in a slash. The Parquet files there expire, and only administrators of the lake may read them.</param>
/// <param name="Lines">The number of lines.</param>
public sealed record QuarantinedLines(string Location, long Lines);
