using Stedi.Temporal.Activities.Lake;

namespace Stedi.Temporal.Activities.Catalog;

/// <summary>
/// The query that recovers the text of rejected lines. The JSON SerDe drops the text of a line that it cannot read, and
/// Athena has no line numbers, so the same files are read again as text and judged by the same rules, in JSON functions.
/// </summary>
public static class QuarantineQuery
{
    // Beyond it a list of files could outgrow Athena's limit of 262,144 bytes a statement; then all files are read.
    private const int MostFiles = 500;

    // Of a longer line only whether it is a document is judged: each rule would parse its megabytes again.
    private const int LongLine = 1_000_000;

    /// <summary>What is kept of a rejected line.</summary>
    public static IReadOnlyList<LakeColumn> Columns { get; } =
        [new("source_file", "string"), new("line", "string"), new("reason", "string")];

    /// <summary>The SELECT over a text table of one column, <c>line</c>.</summary>
    /// <param name="source">The source's contract.</param>
    /// <param name="textTable">The table, as SQL.</param>
    /// <param name="files">The files with rejected lines; none for all files.</param>
    public static string For(SourceContract source, string textTable, IEnumerable<string> files) =>
        $"""
        SELECT source_file, line, reason
        FROM (
            SELECT
                source_file,
                line,
                CASE
                    WHEN document IS NULL OR substr(trim(line), 1, 1) <> '{"{"}' THEN 'not a JSON object'
                    WHEN length(line) > {LongLine} THEN NULL
                    {string.Join("\n            ", source.Columns.Select(Twice))}
                    {string.Join("\n            ", source.Columns.Where(column => column.Required).SelectMany(Refusals))}
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
        return distinct.Count is > 0 and <= MostFiles ? $"WHERE trim(line) <> '' AND \"$path\" IN ({named})" : "WHERE trim(line) <> ''";
    }

    // The JSON SerDe calls such a line malformed. JSON functions take one of the two, and do not tell: the text is searched.
    private static string Twice(LakeColumn column) =>
        $"WHEN regexp_like(folded, '\"{column.Name}\"\\s*:.*\"{column.Name}\"\\s*:') THEN '{column.Name} is given twice'";

    // Keys come in any case: the folded line has them all in lower case, and case matters to none of the rules.
    private static IEnumerable<string> Refusals(LakeColumn column)
    {
        var value = $"json_extract_scalar(folded, '$.{column.Name}')";
        if (column.Type == "string")
        {
            // An object or array in a string's place is read as its text, so only its absence counts.
            yield return $"WHEN coalesce(json_format(json_extract(folded, '$.{column.Name}')), 'null') = 'null' OR trim({value}) = '' THEN 'no {column.Name}'";
            yield break;
        }

        yield return $"WHEN coalesce(json_format(json_extract(folded, '$.{column.Name}')), 'null') = 'null' THEN 'no {column.Name}'";
        yield return column.Type == "double"
            ? $"WHEN try_cast({value} AS double) IS NULL OR NOT is_finite(try_cast({value} AS double)) THEN '{column.Name} does not fit double'"
            : $"WHEN try_cast({value} AS {(column.Type == "int" ? "integer" : column.Type)}) IS NULL THEN '{column.Name} does not fit {column.Type}'";
    }
}
