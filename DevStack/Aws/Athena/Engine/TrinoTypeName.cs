namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>Trino's name for a type that DuckDB names.</summary>
internal static class TrinoTypeName
{
    public static string Of(string type)
    {
        if (type.EndsWith("[]", StringComparison.Ordinal))
        {
            return $"array({Of(type[..^2])})";
        }

        if (type.StartsWith("MAP(", StringComparison.Ordinal))
        {
            return $"map({string.Join(", ", Parts(type[4..^1]).Select(Of))})";
        }

        if (type.StartsWith("STRUCT(", StringComparison.Ordinal))
        {
            return $"row({string.Join(", ", Parts(type[7..^1]).Select(Field))})";
        }

        return type switch
        {
            "FLOAT" => "real",
            "BLOB" => "varbinary",
            "HUGEINT" => "bigint",
            "TIMESTAMP" or "TIMESTAMP_MS" => "timestamp(3)",
            "TIMESTAMP WITH TIME ZONE" => "timestamp(3) with time zone",
            "TIME" => "time(3)",
            "\"NULL\"" or "NULL" => "unknown",
            _ => type.ToLowerInvariant(),
        };
    }

    // A field is its quoted or plain name and its type; the fields of a row without names have types only.
    private static string Field(string field)
    {
        if (field.StartsWith("\"\" ", StringComparison.Ordinal))
        {
            return Of(field[3..]);
        }

        var isQuoted = field.StartsWith('"');
        var end = isQuoted ? field.IndexOf('"', 1) + 1 : field.IndexOf(' ', StringComparison.Ordinal);
        var hasName = end > 0 && end < field.Length && field[end] == ' ' && !field.StartsWith("TIMESTAMP WITH", StringComparison.Ordinal);
        return hasName ? $"{field[..end].Trim('"')} {Of(field[(end + 1)..])}" : Of(field);
    }

    private static List<string> Parts(string list)
    {
        var parts = new List<string>();
        var (depth, start, isQuoted) = (0, 0, false);
        for (var i = 0; i < list.Length; i++)
        {
            isQuoted ^= list[i] == '"';
            depth += isQuoted ? 0 : list[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (list[i] == ',' && depth == 0 && !isQuoted)
            {
                parts.Add(list[start..i].Trim());
                start = i + 1;
            }
        }

        parts.Add(list[start..].Trim());
        return parts;
    }
}
