using Stedi.Temporal.Workflows.Contracts;

namespace Stedi.Temporal.Workflows.Reports;

/// <summary>What a run did: the workflow's result, and what <c>--json</c> prints. Holds counts and references, no data.</summary>
public sealed record LakehouseReport
{
    /// <summary>The run.</summary>
    public required RunContext Run { get; init; }

    /// <summary>What landed, by source.</summary>
    public required IReadOnlyList<LandingSourceReport> Landing { get; init; }

    /// <summary>The tables that were made, in order.</summary>
    public required IReadOnlyList<BuiltTable> Tables { get; init; }

    /// <summary>Who and what was left out, and why.</summary>
    public required IReadOnlyList<LeftOutRows> LeftOut { get; init; }

    /// <summary>The audits, all passed: a run with a failed audit fails.</summary>
    public required IReadOnlyList<AuditResult> Audits { get; init; }

    /// <summary>What became of the tables.</summary>
    public required PublishedSnapshot Snapshot { get; init; }

    /// <summary>The whole run's time.</summary>
    public required double Seconds { get; init; }

    /// <summary>The bytes Athena says it scanned for staging and building.</summary>
    public required long BytesScanned { get; init; }
}

/// <summary>One landing source in a report.</summary>
public sealed record LandingSourceReport
{
    /// <summary>The catalogued table, such as <c>customer_landing</c>.</summary>
    public required string Table { get; init; }

    /// <summary>Where its files lie.</summary>
    public required string Location { get; init; }

    /// <summary>Lines, rejected ones included.</summary>
    public required long Rows { get; init; }

    /// <summary>Lines that were rejected.</summary>
    public required long Rejected { get; init; }

    /// <summary>Rejected lines by file and reason.</summary>
    public required IReadOnlyList<RejectedLines> Rejections { get; init; }

    /// <summary>Where the rejected lines were set aside, or null if there are none.</summary>
    public QuarantinedLines? Quarantine { get; init; }

    /// <summary>Files.</summary>
    public required int Files { get; init; }

    /// <summary>Their size in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>Time for crawling and staging.</summary>
    public required double Seconds { get; init; }

    /// <summary>Bytes scanned by staging.</summary>
    public required long BytesScanned { get; init; }

    /// <summary>What differs from the contract without breaking it.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Sums up what crawling and staging said of a source.</summary>
    public static LandingSourceReport From(CrawledSource crawled, StagedSource staged, QuarantinedLines? quarantine) => new()
    {
        Table = crawled.Table,
        Location = crawled.Location,
        Rows = staged.Accepted + staged.Rejected,
        Rejected = staged.Rejected,
        Rejections = staged.Rejections,
        Quarantine = quarantine,
        Files = crawled.Files,
        Bytes = crawled.Bytes,
        Seconds = crawled.Seconds + staged.Data.Seconds,
        BytesScanned = staged.Data.BytesScanned,
        Notes = crawled.Notes,
    };
}
