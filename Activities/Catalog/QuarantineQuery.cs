using Stedi.Temporal.Activities.Lake;

namespace Stedi.Temporal.Activities.Catalog;

/// <summary>
/// The query that returns the text of rejected lines. The JSON SerDe drops the text of a malformed line, and Athena has no line
/// numbers, so the files are read again as text, and the same rules are applied with JSON functions.
/// </summary>
public static class QuarantineQuery
{
    // A longer list of files could exceed Athena's limit of 262,144 bytes per statement. Then all files are read.
    private const int MaxFiles = 500;

    // A longer line is only checked for being a JSON object, because every other rule would parse it again.
    private const int MaxLineLength = 1_000_000;

    /// <summary>The columns of the quarantine.</summary>
    public static IReadOnlyList<LakeColumn> Columns { get; } =
        [new("source_file", "string"), new("line", "string"), new("reason", "string")];

    /// <summary>Returns the SELECT over a text table with the single column <c>line</c>.</summary>
    /// <param name="source">The source's contract.</param>
    /// <param name="textTable">The table, as SQL.</param>
    /// <param name="files">The files with rejected lines; empty for all files.</param>
    public static string For(SourceContract source, string textTable, IEnumerable<string> files) =>
        $"""
        SELECT source_file, line, reason
        FROM (
            SELECT
                source_file,
                line,
                CASE
                    WHEN document IS NULL OR substr(trim(line), 1, 1) <> '{"{"}' THEN 'not a JSON object'
                    WHEN length(line) > {MaxLineLength} THEN NULL
                    {string.Join("\n            ", source.Columns.Select(DuplicateKey))}
                    {string.Join("\n            ", source.Columns.Where(column => column.Required).SelectMany(Conditions))}
                END AS reason
            FROM (
                SELECT "$path" AS source_file, line, lower(line) AS folded, try(json_parse(line)) AS document
                FROM {textTable}
                {Where(files)}
            ) parsed
        ) judged
        WHERE reason IS NOT NULL
        """;

    private static string Where(IEnumerable<string> files)
    {
        var distinct = files.Distinct().ToList();
        var named = string.Join(", ", distinct.Select(file => $"'{file.Replace("'", "''", StringComparison.Ordinal)}'"));
        return distinct.Count is > 0 and <= MaxFiles ? $"WHERE trim(line) <> '' AND \"$path\" IN ({named})" : "WHERE trim(line) <> ''";
    }

    // The JSON SerDe rejects a line with a duplicate key. JSON functions use either value, so the text is searched instead.
    private static string DuplicateKey(LakeColumn column) =>
        $"WHEN regexp_like(folded, '\"{column.Name}\"\\s*:.*\"{column.Name}\"\\s*:') THEN '{column.Name} is given twice'";

    // Keys may be in any case, so the rules use the line in lower case.
    private static IEnumerable<string> Conditions(LakeColumn column)
    {
        var value = $"json_extract_scalar(folded, '$.{column.Name}')";
        if (column.Type == "string")
        {
            // The SerDe reads an object or array as its text, so it is a valid string.
            yield return $"WHEN coalesce(json_format(json_extract(folded, '$.{column.Name}')), 'null') = 'null' OR trim({value}) = '' THEN 'no {column.Name}'";
            yield break;
        }

        yield return $"WHEN coalesce(json_format(json_extract(folded, '$.{column.Name}')), 'null') = 'null' THEN 'no {column.Name}'";
        yield return column.Type == "double"
            ? $"WHEN try_cast({value} AS double) IS NULL OR NOT is_finite(try_cast({value} AS double)) THEN '{column.Name} does not fit double'"
            : $"WHEN try_cast({value} AS {(column.Type == "int" ? "integer" : column.Type)}) IS NULL THEN '{column.Name} does not fit {column.Type}'";
    }
}
