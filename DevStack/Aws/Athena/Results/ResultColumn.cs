using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Stedi.DevStack.Aws.Athena.Results;

/// <summary>A column of a result, with the type name and sizes that Athena reports.</summary>
internal sealed partial record ResultColumn(string Name, string Type, int Precision, int Scale, bool IsCaseSensitive)
{
    private const int Unbounded = int.MaxValue;

    public bool IsNested => Type is "array" or "map" or "row";

    public static ResultColumn Text(string name) => new(name, "string", 0, 0, false);

    /// <param name="type">The type's name in DuckDB.</param>
    public static ResultColumn Of(string name, string type) => type switch
    {
        "VARCHAR" or "UUID" => new(name, "varchar", Unbounded, 0, true),
        "BIGINT" or "HUGEINT" => new(name, "bigint", 19, 0, false),
        "INTEGER" => new(name, "integer", 10, 0, false),
        "SMALLINT" => new(name, "smallint", 5, 0, false),
        "TINYINT" => new(name, "tinyint", 3, 0, false),
        "DOUBLE" => new(name, "double", 17, 0, false),
        "FLOAT" => new(name, "float", 17, 0, false),
        "BOOLEAN" => new(name, "boolean", 0, 0, false),
        "DATE" => new(name, "date", 0, 0, false),
        "TIMESTAMP" or "TIMESTAMP_MS" or "TIMESTAMP_S" or "TIMESTAMP_NS" => new(name, "timestamp", 3, 0, false),
        "TIMESTAMP WITH TIME ZONE" => new(name, "timestamp with time zone", 3, 0, false),
        "BLOB" => new(name, "varbinary", Unbounded, 0, false),
        "JSON" => new(name, "json", 0, 0, true),
        "\"NULL\"" or "NULL" => new(name, "unknown", 0, 0, false),
        _ when type.EndsWith(']') => new(name, "array", 0, 0, false),
        _ when type.StartsWith("MAP(", StringComparison.Ordinal) => new(name, "map", 0, 0, false),
        _ when type.StartsWith("STRUCT(", StringComparison.Ordinal) => new(name, "row", 0, 0, false),
        _ when Decimal().Match(type) is { Success: true } match => new(name, "decimal", Number(match, 1), Number(match, 2), false),
        _ => new(name, type.ToLowerInvariant(), 0, 0, false),
    };

    public JsonObject ToInfo() => new()
    {
        ["CatalogName"] = "hive",
        ["SchemaName"] = "",
        ["TableName"] = "",
        ["Name"] = Name,
        ["Label"] = Name,
        ["Type"] = Type,
        ["Precision"] = Precision,
        ["Scale"] = Scale,
        ["Nullable"] = "UNKNOWN",
        ["CaseSensitive"] = IsCaseSensitive,
    };

    private static int Number(Match match, int group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^DECIMAL\((\d+),(\d+)\)$")]
    private static partial Regex Decimal();
}
