using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows.Contracts;

namespace Stedi.Temporal.Activities.Catalog;

/// <summary>
/// The query that reads a source's lines as records: one row per line, blank and rejected lines too. It works on text, because every
/// JSON SerDe ignores what follows the first record of a line. No line makes it fail: a doubtful line is rejected for a reason.
/// </summary>
/// <remarks>
/// In a plain line every colon belongs to a different key of the contract, so no key is given twice or stands in an inner object. Most
/// lines are plain, and only others pay for the checks that search a line's text.
/// </remarks>
public static class StagingQuery
{
    /// <summary>The entries of the body's object; fails if the body is not one object.</summary>
    internal const string Object = "CAST(json_parse(body) AS map(varchar, json))";

    private const string Blanks = "\t\v\f ";
    private const string NullJson = "'null'";
    private const string LooksLikeObject = "line LIKE '{%}'";
    private const string Shortened =
        "CASE WHEN length(line) > 65536 THEN substr(line, 1, 65536) || '... (' || CAST(length(line) AS varchar) || ' characters)' ELSE coalesce(line, '') END";

    /// <summary>Returns the SELECT over the text of a source: the contract's columns, then the staging columns.</summary>
    public static string For(SourceContract source, StagingTables tables)
    {
        var values = new ValueSql(tables.AsOf);
        return source.Name == LandingSources.Customer
            ? new CustomerStaging(source, tables, values).Select()
            : new ReadingStaging(source, tables, values).Select();
    }

    /// <summary>The lines with their bodies: without a byte order mark, blanks at the ends, and one comma at the end.</summary>
    internal static SqlLayers Bodies(string table) => SqlLayers.From(table, "\"$path\" AS source_file", "line")
        .With($"CASE WHEN NOT {LooksLikeObject} THEN trim(BOTH '{Blanks}' FROM CASE WHEN strpos(line, chr(65279)) = 1 THEN substr(line, 2) ELSE line END) END AS trimmed")
        .With($"""
            CASE
                    WHEN {LooksLikeObject} THEN line
                    WHEN trimmed LIKE '%,' THEN trim(TRAILING '{Blanks}' FROM substr(trimmed, 1, length(trimmed) - 1))
                    ELSE trimmed
                END AS body
            """);

    /// <summary>The entries of the body's object whose keys are in the contract, by lower-case key; NULL if there is no object or a key in two spellings.</summary>
    internal static string Members(SourceContract source, string condition = "") =>
        $"try(transform_keys(map_filter({Object}, (k, v) -> lower(k) IN ({string.Join(", ", source.Columns.Select(column => $"'{column.Name}'"))}){condition}), (k, v) -> lower(k)))";

    /// <summary>Whether a line is plain; see the remarks.</summary>
    internal static string IsPlain(string members) =>
        $@"coalesce(length(body) - length(replace(body, ':', '')) = cardinality({members}) AND strpos(body, '\u') = 0, false)";

    /// <summary>The text of a column's value, as a column: what the JSON string says, or the number as it is written.</summary>
    internal static string Text(LakeColumn column) => $"json_extract_scalar(element_at(members, '{column.Name}'), '$') AS {column.Name}_text";

    /// <summary>Whether a column's key is missing, or its value is null or blank text.</summary>
    internal static string IsAbsent(LakeColumn column) =>
        $"(CASE WHEN {column.Name}_text IS NULL THEN {IsNullOrMissing(column)} ELSE {ValueSql.Trimmed($"{column.Name}_text")} = '' END)";

    /// <summary>Whether a column's key is missing, or its value is null.</summary>
    internal static string IsNullOrMissing(LakeColumn column) => $"coalesce({Json(column)}, {NullJson}) = {NullJson}";

    /// <summary>The canonical JSON text of a column's value.</summary>
    internal static string Json(LakeColumn column) => $"json_format(element_at(members, '{column.Name}'))";

    /// <summary>The columns that describe every line, given the columns <c>line</c> and <c>reason</c>.</summary>
    internal static IEnumerable<string> LineColumns(string droppedValues, string damagedTexts) =>
    [
        "source_file",
        "CAST(length(to_utf8(line)) AS bigint) AS line_bytes",
        "reason",
        $"CASE WHEN reason NOT IN ({StagingReasons.BlankOrClearedSql}) THEN {Shortened} END AS rejected_line",
        $"{droppedValues} AS dropped_values",
        $"{damagedTexts} AS damaged_texts",
        $"coalesce({ValueSql.IsDamaged("line")}, false) AS damaged",
    ];

    /// <summary>Quotes a column's name, which may be a reserved word.</summary>
    internal static string Quoted(LakeColumn column) => $"\"{column.Name}\"";
}
