using Stedi.Temporal.Activities.Lake;

namespace Stedi.Temporal.Activities.Catalog;

/// <summary>
/// The query that types one source by its contract. The table it reads has strings only, so every cast is ours and none
/// can fail: a line that does not fit gets its reason instead. All columns are always selected, because counts over the
/// JSON SerDe may vary otherwise.
/// </summary>
public static class StagingQuery
{
    /// <summary>The SELECT over a raw table, in the order of the contract's columns and then the staging columns.</summary>
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
        var required = source.Columns.Where(column => column.Required).SelectMany(Refusals);
        return $"CASE\n        WHEN {nothing} THEN 'not a JSON object with known fields'\n        {string.Join("\n        ", required)}\n    END";
    }

    private static IEnumerable<string> Refusals(LakeColumn column)
    {
        var name = Name(column);
        yield return column.Type == "string"
            // Only text that begins with something else than a printable character can be blank: the rest need not be trimmed.
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

    // Glue says int where Athena's SELECT says integer.
    private static string Athena(string type) => type == "int" ? "integer" : type;

    private static string Name(LakeColumn column) => $"\"{column.Name}\"";
}
