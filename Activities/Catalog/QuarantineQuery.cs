using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows.Contracts;

namespace Stedi.Temporal.Activities.Catalog;

/// <summary>The query that returns the rejected lines of a staged source with their text.</summary>
public static class QuarantineQuery
{
    private static readonly IReadOnlyList<LakeColumn> Lines = [new("source_file", "string"), new("line", "string"), new("reason", "string")];

    /// <summary>Returns the columns of a source's quarantine. Customer lines can be cleared, so they have a key and a kind.</summary>
    public static IReadOnlyList<LakeColumn> Columns(SourceContract source) =>
        source.Name == LandingSources.Customer ? [.. Lines, new("line_key", "string"), new("kind", "string")] : Lines;

    /// <summary>Returns the SELECT over a staged table.</summary>
    /// <param name="source">The source's contract.</param>
    /// <param name="staged">The table, as SQL.</param>
    public static string For(SourceContract source, string staged) =>
        $"""
        SELECT source_file, rejected_line AS line, reason{(source.Name == LandingSources.Customer ? ", line_key, 'rejected line' AS kind" : "")}
        FROM {staged}
        WHERE reason IS NOT NULL AND reason NOT IN ({StagingReasons.BlankOrClearedSql})
        """;
}
