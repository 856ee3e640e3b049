using Stedi.Temporal.Workflows.Contracts;

namespace Stedi.Temporal.Workflows.Reports;

/// <summary>The result of a run, as <c>--json</c> prints it. Holds counts and references, no data.</summary>
public sealed record LakehouseReport
{
    /// <summary>The run.</summary>
    public required RunContext Run { get; init; }

    /// <summary>The people who are withheld because their consent is in doubt, by reason.</summary>
    public IReadOnlyList<LeftOutRows> Withheld { get; init; } = [];

    /// <summary>The landing sources.</summary>
    public required IReadOnlyList<LandingSourceReport> Landing { get; init; }

    /// <summary>The tables that were built, in that order.</summary>
    public required IReadOnlyList<BuiltTable> Tables { get; init; }

    /// <summary>The rows that were left out, by table and reason.</summary>
    public required IReadOnlyList<LeftOutRows> LeftOut { get; init; }

    /// <summary>The audits. All have passed, because a failed audit fails the run.</summary>
    public required IReadOnlyList<AuditResult> Audits { get; init; }

    /// <summary>The result of the publication.</summary>
    public required PublishedSnapshot Snapshot { get; init; }

    /// <summary>The duration of the run, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>The bytes that Athena scanned for staging and building.</summary>
    public required long BytesScanned { get; init; }
}

/// <summary>One landing source in a report.</summary>
public sealed record LandingSourceReport
{
    /// <summary>The catalogued table, such as <c>customer_landing</c>.</summary>
    public required string Table { get; init; }

    /// <summary>Where its files are.</summary>
    public required string Location { get; init; }

    /// <summary>The number of accepted and rejected lines.</summary>
    public required long Rows { get; init; }

    /// <summary>The number of rejected lines.</summary>
    public required long Rejected { get; init; }

    /// <summary>The number of blank lines.</summary>
    public long Blank { get; init; }

    /// <summary>The number of lines that somebody cleared, which count as blank.</summary>
    public long Cleared { get; init; }

    /// <summary>The number of optional values of accepted lines that could not be read and became NULL.</summary>
    public long DroppedValues { get; init; }

    /// <summary>The number of text values of accepted lines that contain bytes that are not UTF-8.</summary>
    public long DamagedTexts { get; init; }

    /// <summary>The files that were not read because of their names.</summary>
    public NamedFiles SkippedFiles { get; init; } = NamedFiles.None;

    /// <summary>The files that arrived while the source was staged, and were read.</summary>
    public NamedFiles LateFiles { get; init; } = NamedFiles.None;

    /// <summary>The rejected lines by file and reason.</summary>
    public required IReadOnlyList<RejectedLines> Rejections { get; init; }

    /// <summary>The rejected lines in the quarantine, or null if there are none.</summary>
    public QuarantinedLines? Quarantine { get; init; }

    /// <summary>The number of files.</summary>
    public required int Files { get; init; }

    /// <summary>The size of the files in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>The duration of crawling and staging, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>The bytes that Athena scanned for staging.</summary>
    public required long BytesScanned { get; init; }

    /// <summary>Tolerated differences from the contract.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Combines the results of crawling, staging and quarantining a source.</summary>
    public static LandingSourceReport From(CrawledSource crawled, StagedSource staged, QuarantinedLines? quarantine) => new()
    {
        Table = crawled.Table,
        Location = crawled.Location,
        Rows = staged.Accepted + staged.Rejected,
        Rejected = staged.Rejected,
        Blank = staged.Blank,
        Cleared = staged.Cleared,
        DroppedValues = staged.DroppedValues,
        DamagedTexts = staged.DamagedTexts,
        SkippedFiles = staged.SkippedFiles,
        LateFiles = staged.LateFiles,
        Rejections = staged.Rejections,
        Quarantine = quarantine,
        Files = crawled.Files,
        Bytes = crawled.Bytes,
        Seconds = crawled.Seconds + staged.Data.Seconds,
        BytesScanned = staged.Data.BytesScanned,
        Notes = crawled.Notes,
    };
}
