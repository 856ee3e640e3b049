namespace Stedi.Temporal.Workflows.Lineage;

/// <summary>What sort of data a step read or wrote.</summary>
public enum DatasetKind
{
    /// <summary>Files as they landed, by source.</summary>
    LandingFiles,

    /// <summary>A crawled table over those files, by source.</summary>
    LandingTable,

    /// <summary>A source's lines, typed, by source.</summary>
    Staged,

    /// <summary>One of the five tables, by name.</summary>
    Table,

    /// <summary>The published snapshot.</summary>
    Snapshot,
}
