using Stedi.Temporal.Activities.Athena;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows.Contracts;

namespace Stedi.Temporal.Activities.Catalog;

/// <summary>The queries that return the rejected lines of a staged source with their text.</summary>
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

    /// <summary>Returns the SELECT of the customers' rejected lines and of the accepted records that somebody may clear.</summary>
    /// <param name="values">The placeholders of the run, with <c>customer_staged</c> and <c>customer_text</c>.</param>
    public static string ForRecords(Dictionary<string, string> values)
    {
        values["people"] = SqlTemplate.Render("Audit/people.sql", values);
        values["devices"] = SqlTemplate.Render("Audit/devices.sql", values);
        values["undated"] = WithheldReasons.Undated;
        values["blank_or_cleared"] = StagingReasons.BlankOrClearedSql;
        values["key_of_text"] = LineKeys.Of("1 = 0", values["pseudonym_key"]);
        values["key_of_text_and_file"] = LineKeys.Of("1 = 1", values["pseudonym_key"]);
        return SqlTemplate.Render("Catalog/quarantined_records.sql", values);
    }
}
