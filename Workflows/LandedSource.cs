using Stedi.Temporal.Workflows.Lake;

namespace Stedi.Temporal.Workflows;

/// <summary>One landing source in a report.</summary>
public sealed record LandedSource
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
    public static LandedSource From(CrawledSource crawled, StagedSource staged, QuarantinedLines? quarantine) => new()
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
