using Stedi.DevStack.Aws.Athena.Engine;

namespace Stedi.DevStack.Aws.Athena.Executions;

/// <summary>A query with the column names and types that files get: lower case, each once, and DuckDB's 128-bit sums as bigint.</summary>
internal static class TypedSelect
{
    public static string Of(PreparedQuery query)
    {
        var names = query.Columns.Select(c => c.Name.ToLowerInvariant()).ToList();
        if (names.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1) is { } duplicate)
            throw new QueryFailure($"DUPLICATE_COLUMN_NAME: Column name '{duplicate.Key}' specified more than once", AthenaErrorType.Syntax);
        var columns = query.Columns.Zip(names, (c, name) => $"{Cast(SqlText.Identifier(c.Name), c.Type)} AS {SqlText.Identifier(name)}");
        return $"SELECT {string.Join(", ", columns)} FROM ({query.Sql})";
    }

    static string Cast(string column, string type) => type switch
    {
        "HUGEINT" => $"CAST({column} AS BIGINT)",
        "\"NULL\"" or "JSON" or "UUID" => $"CAST({column} AS VARCHAR)",
        _ => column,
    };
}
