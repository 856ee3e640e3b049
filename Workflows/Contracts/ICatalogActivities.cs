using Temporalio.Activities;

namespace Stedi.Temporal.Workflows.Contracts;

/// <summary>Crawls, types and quarantines what landed.</summary>
public interface ICatalogActivities
{
    /// <summary>
    /// Crawls one source into the Glue catalogue and compares the result with the contract. Fails with the non-retryable
    /// <see cref="FailureTypes.BrokenContract"/> if nothing landed, a file's compression cannot be read or no file has a
    /// required column.
    /// </summary>
    [Activity]
    public Task<CrawledSource> CrawlAsync(CrawlInput input);

    /// <summary>
    /// Reads one source's lines, converts them to the contract's types and writes them as Parquet, rejected lines with the
    /// reason. Fails with the non-retryable <see cref="FailureTypes.LandingMismatch"/> if the query did not read exactly
    /// the files that landed, and with <see cref="FailureTypes.LandingChanged"/> if files changed meanwhile.
    /// </summary>
    [Activity]
    public Task<StagedSource> StageAsync(StageInput input);

    /// <summary>Copies the text of rejected lines to the quarantine, with file and reason, so that they can be corrected.</summary>
    [Activity]
    public Task<QuarantinedLines> QuarantineAsync(QuarantineInput input);

    /// <summary>
    /// Copies the rejected customer lines to the quarantine again, with the accepted records because of which people are
    /// withheld or devices are nobody's, so that somebody can look at them and clear them.
    /// </summary>
    [Activity]
    public Task<QuarantinedLines> QuarantineRecordsAsync(QuarantineInput input);

    /// <summary>Returns the <see cref="StagedSource.Listing"/> of a source's present files, without reading them.</summary>
    [Activity]
    public Task<string> ListAsync(ListInput input);
}

/// <summary>The input of <see cref="ICatalogActivities.CrawlAsync"/>.</summary>
/// <param name="Run">The run.</param>
/// <param name="Source">One of <see cref="LandingSources"/>.</param>
public sealed record CrawlInput(RunContext Run, string Source) : IStepInput;

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
public sealed record StageInput(RunContext Run, Guid StepId, CrawledSource Source) : IStepInput;

/// <summary>A landing source with typed columns, as all later steps read it.</summary>
public sealed record StagedSource
{
    /// <summary>One of <see cref="LandingSources"/>.</summary>
    public required string Source { get; init; }

    /// <summary>The table of all lines, blank and rejected ones included.</summary>
    public required BuiltTable Data { get; init; }

    /// <summary>The number of accepted lines.</summary>
    public required long Accepted { get; init; }

    /// <summary>The number of rejected lines.</summary>
    public required long Rejected { get; init; }

    /// <summary>The number of blank lines.</summary>
    public long Blank { get; init; }

    /// <summary>The number of lines that somebody cleared. They count as blank.</summary>
    public long Cleared { get; init; }

    /// <summary>The bytes of the accepted and the rejected lines, uncompressed and without line ends.</summary>
    public long Bytes { get; init; }

    /// <summary>The bytes of the rejected lines.</summary>
    public long RejectedBytes { get; init; }

    /// <summary>The number of files with accepted or rejected lines.</summary>
    public int Files { get; init; }

    /// <summary>The files with rejected and without accepted lines, those with most rejected lines first.</summary>
    public NamedFiles RejectedFiles { get; init; } = NamedFiles.None;

    /// <summary>Those of <see cref="RejectedFiles"/> that have more than one rejected line.</summary>
    public NamedFiles UnreadableFiles { get; init; } = NamedFiles.None;

    /// <summary>The number of rejected lines from which no person can be read. Counted for customers only.</summary>
    public long Unattributed { get; init; }

    /// <summary>The files with such lines.</summary>
    public NamedFiles UnattributedFiles { get; init; } = NamedFiles.None;

    /// <summary>The number of optional values that could not be read and became NULL.</summary>
    public long DroppedValues { get; init; }

    /// <summary>The number of text values that were kept although they contain bytes that are not UTF-8.</summary>
    public long DamagedTexts { get; init; }

    /// <summary>The number of accepted records with a consent. Counted for customers only.</summary>
    public long Consents { get; init; }

    /// <summary>The files that were not read, because their name or that of a folder begins with <c>_</c> or <c>.</c></summary>
    public NamedFiles SkippedFiles { get; init; } = NamedFiles.None;

    /// <summary>The files that arrived during the query, and were read.</summary>
    public NamedFiles LateFiles { get; init; } = NamedFiles.None;

    /// <summary>A hash of the keys, sizes and ETags of the files that were read. Another hash means that other files landed.</summary>
    public string Listing { get; init; } = "";

    /// <summary>The rejected lines by file and reason, largest number first, at most 20. Names files and columns, never a value.</summary>
    public required IReadOnlyList<RejectedLines> Rejections { get; init; }
}

/// <summary>Lines of one file that were rejected for one reason.</summary>
/// <param name="File">The file's <c>s3://</c> URI.</param>
/// <param name="Reason">Which field is missing or of another type, or that the line is not a JSON object.</param>
/// <param name="Lines">The number of lines.</param>
public sealed record RejectedLines(string File, string Reason, long Lines);

/// <summary>Some files, of which only the first are named.</summary>
/// <param name="Count">The number of files.</param>
/// <param name="Names">The keys of at most <see cref="MaxNames"/> of them, shortened.</param>
public sealed record NamedFiles(int Count, IReadOnlyList<string> Names)
{
    /// <summary>The largest number of <see cref="Names"/>.</summary>
    public const int MaxNames = 20;

    /// <summary>No file.</summary>
    public static NamedFiles None { get; } = new(0, []);

    /// <summary>Names the first of some files.</summary>
    /// <param name="keys">The keys of all.</param>
    public static NamedFiles Of(IReadOnlyCollection<string> keys) => new(keys.Count, [.. keys.Take(MaxNames).Select(FileNames.Shorten)]);

    /// <summary>Compares the names by content.</summary>
    public bool Equals(NamedFiles? other) => other is not null && Count == other.Count && Names.SequenceEqual(other.Names);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Count, Names.Count);
}

/// <summary>Formats the names of files for messages.</summary>
public static class FileNames
{
    private const int MaxNamed = 3;
    private const int MaxLength = 120;

    /// <summary>Returns the last 120 characters of a key, because the end is what distinguishes files of one folder.</summary>
    public static string Shorten(string key) => key.Length <= MaxLength ? key : $"...{key[^(MaxLength - 3)..]}";

    /// <summary>Joins at most three names.</summary>
    /// <param name="keys">The keys, or the first of them.</param>
    /// <param name="count">The number of files.</param>
    public static string List(IEnumerable<string> keys, int count)
    {
        var named = keys.Take(MaxNamed).Select(Shorten).ToList();
        return string.Join(", ", named) + (count > named.Count ? $" and {count - named.Count} more" : "");
    }

    /// <inheritdoc cref="List(IEnumerable{string}, int)"/>
    public static string List(NamedFiles files) => List(files.Names, files.Count);
}

/// <summary>The input of <see cref="ICatalogActivities.QuarantineAsync"/>.</summary>
/// <param name="Run">The run.</param>
/// <param name="StepId">The step's GUID; see <see cref="BuildInput.StepId"/>.</param>
/// <param name="Staged">The staged source.</param>
public sealed record QuarantineInput(RunContext Run, Guid StepId, StagedSource Staged) : IStepInput;

/// <summary>The rejected lines of a source, with file, text and reason.</summary>
/// <param name="Location">Where they are, as an <c>s3://</c> URI ending in a slash. The Parquet files there expire, and only administrators of the lake may read them.</param>
/// <param name="Lines">The number of lines.</param>
public sealed record QuarantinedLines(string Location, long Lines);

/// <summary>The input of <see cref="ICatalogActivities.ListAsync"/>.</summary>
/// <param name="Run">The run.</param>
/// <param name="Source">The crawled source.</param>
public sealed record ListInput(RunContext Run, CrawledSource Source) : IStepInput;
