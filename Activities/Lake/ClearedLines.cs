using Amazon.Glue.Model;

namespace Stedi.Temporal.Activities.Lake;

/// <summary>
/// The customer lines that somebody has looked at and cleared, which count as blank. Each is a JSON object of its own, and a
/// table over them lets staging join them by key.
/// </summary>
public static class ClearedLines
{
    /// <summary>The prefix of their objects.</summary>
    public const string Prefix = LakeZones.Private + "/cleared_lines/";

    /// <summary>The table's columns, which are the keys of the objects.</summary>
    public static IReadOnlyList<LakeColumn> Columns { get; } =
    [
        new("line_key", "string"), new("file", "string"), new("kind", "string"),
        new("reason", "string"), new("cleared_by", "string"), new("cleared_at", "string"),
    ];

    /// <summary>Returns the key of a cleared line's object.</summary>
    public static string ObjectKey(string lineKey) => $"{Prefix}{lineKey}.json";

    /// <summary>Returns the table's definition.</summary>
    public static TableInput Definition(LakeOptions options) => TableDefinitions.Json(options.ClearedLinesTable, Columns, $"s3://{options.Bucket}/{Prefix}");
}
