using Stedi.Temporal.Workflows.Lake;

namespace Stedi.Temporal.Workflows.Lineage;

/// <summary>Data that a step read or wrote: which, where, and how much of it.</summary>
/// <param name="Kind">What sort of data.</param>
/// <param name="Name">The source's or the table's name.</param>
/// <param name="Location">Where its files lie, as an <c>s3://</c> URI.</param>
/// <param name="Rows">How many rows, where that is known.</param>
/// <param name="Files">How many files, where that is known.</param>
/// <param name="Bytes">Their size, where that is known.</param>
public sealed record Dataset(DatasetKind Kind, string Name, string Location, long? Rows = null, int? Files = null, long? Bytes = null)
{
    /// <summary>A source's files.</summary>
    public static Dataset LandingFiles(CrawledSource crawled) =>
        new(DatasetKind.LandingFiles, crawled.Source, crawled.Location, null, crawled.Files, crawled.Bytes);

    /// <summary>A source's crawled table.</summary>
    public static Dataset LandingTable(CrawledSource crawled) =>
        new(DatasetKind.LandingTable, crawled.Source, crawled.Location, null, crawled.Files, crawled.Bytes);

    /// <summary>A source's staged lines.</summary>
    public static Dataset Staged(StagedSource staged) =>
        new(DatasetKind.Staged, staged.Source, staged.Data.Location, staged.Data.Rows, staged.Data.Files, staged.Data.Bytes);

    /// <summary>One of the five tables.</summary>
    public static Dataset Table(BuiltTable table) =>
        new(DatasetKind.Table, table.Table, table.Location, table.Rows, table.Files, table.Bytes);
}
