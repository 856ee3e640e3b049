using Stedi.Temporal.Activities.Lake;

namespace Stedi.Temporal.Activities.Catalog;

/// <summary>
/// The query that converts a source to the types of its contract. All columns of the raw table are strings, and casts give NULL
/// instead of failing, so an invalid line gets a reason for its rejection. All columns are always selected, because the number
/// of rows that the JSON SerDe returns may depend on the selected columns.
/// </summary>
public static class StagingQuery
{
    /// <summary>Returns the SELECT over a raw table: the contract's columns, then the staging columns.</summary>
    public static string For(SourceContract source, string rawTable) =>
        $"""
        SELECT
            {string.Join(",\n    ", source.Columns.Select(column => $"{Cast(column)} AS {Name(column)}"))},
            "$path" AS source_file,
            {Reason(source)} AS rejected_reason
        FROM {rawTable}
        """;

    private static string Reason(SourceContract source)
    {
        var nothing = string.Join(" AND ", source.Columns.Select(column => $"{Name(column)} IS NULL"));
        var required = source.Columns.Where(column => column.Required).SelectMany(Conditions);
        return $"CASE\n        WHEN {nothing} THEN 'not a JSON object with known fields'\n        {string.Join("\n        ", required)}\n    END";
    }

    private static IEnumerable<string> Conditions(LakeColumn column)
    {
        var name = Name(column);
        yield return column.Type == "string"
            // Only text that does not begin with a printable ASCII character can be blank. Avoiding trim elsewhere saves time.
            ? $"WHEN {name} IS NULL OR ({name} < '!' OR {name} > '~') AND trim({name}) = '' THEN 'no {column.Name}'"
            : $"WHEN {name} IS NULL THEN 'no {column.Name}'";
        if (column.Type != "string")
        {
            yield return $"WHEN {Cast(column)} IS NULL THEN '{column.Name} does not fit {column.Type}'";
        }

        if (column.Type == "double")
        {
            yield return $"WHEN NOT is_finite({Cast(column)}) THEN '{column.Name} is not a finite number'";
        }
    }

    private static string Cast(LakeColumn column) => column.Type == "string" ? Name(column) : $"try_cast({Name(column)} AS {Athena(column.Type)})";

    // Glue's int is integer in Athena's SELECT.
    private static string Athena(string type) => type == "int" ? "integer" : type;

    private static string Name(LakeColumn column) => $"\"{column.Name}\"";
}
