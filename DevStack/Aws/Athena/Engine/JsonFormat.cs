using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>
/// One JSON document a line, as the OpenX SerDe reads it: keys match columns whatever their case, a <c>string</c> column gives
/// the token's text, and with <c>ignore.malformed.json</c> a line that is no object is a row of NULLs.
/// </summary>
internal sealed class JsonFormat : ITableFormat
{
    const int MaxLine = 128 << 20;

    public string Select(CatalogTable table, IReadOnlyList<LakeFile> files, bool withFileName)
    {
        var parameters = table.SerdeParameters;
        var isLenient = IsTrue(parameters, "ignore.malformed.json");
        var keys = JsonKeys.Sample(files);
        var columns = table.Columns.Select(c => $"{Column(c, Key(c, parameters), keys, IsCaseSensitive(parameters))} AS {SqlText.Identifier(c.Name)}");
        var from = $"read_json_objects({SqlText.List(files.Select(f => f.Path))}, format = 'newline_delimited', ignore_errors = {(isLenient ? "true" : "false")}, maximum_object_size = {LineSize(files)}, hive_partitioning = false{(withFileName ? ", filename = true" : "")})";
        return $"SELECT {string.Join(", ", columns)}{(withFileName ? ", filename" : "")} FROM {from}";
    }

    static string Column(TableColumn column, string key, IReadOnlyDictionary<string, IReadOnlyList<string>> keys, bool caseSensitive)
    {
        var type = column.DuckDbType;
        var op = IsNested(type) ? "->" : "->>";
        var spellings = caseSensitive ? [key] : keys.GetValueOrDefault(key.ToLowerInvariant(), []);
        var values = spellings.Select(s => $"(json {op} {Pointer(s)})").ToList();
        if (!caseSensitive)
            values.Add(OtherSpelling(key, op));
        var value = values.Count == 1 ? values[0] : $"coalesce({string.Join(", ", values)})";
        return type == "VARCHAR" ? value : IsNested(type) ? $"TRY_CAST({value} AS {type})" : Cast(value, type);
    }

    // Sampled spellings cover nearly every row. Where none of them is in the line, the text is searched before the keys are.
    static string OtherSpelling(string key, string op)
    {
        var lower = key.ToLowerInvariant();
        var found = $"list_filter(json_keys(json), k -> lower(k) = {SqlText.Literal(lower)})[1]";
        var path = $"'/' || replace(replace({found}, '~', '~0'), '/', '~1')";
        return $"CASE WHEN contains(lower(CAST(json AS VARCHAR)), {SqlText.Literal($"\"{lower}\"")}) AND json_type(json) = 'OBJECT' THEN json {op} ({path}) END";
    }

    static string Cast(string text, string type)
    {
        var macro = "trino_try_" + type.ToLowerInvariant() switch { "float" => "real", var t => t };
        return type is "BIGINT" or "INTEGER" or "SMALLINT" or "TINYINT" or "DOUBLE" or "FLOAT" or "BOOLEAN" ? $"{macro}({text})" : $"TRY_CAST({text} AS {type})";
    }

    /// <summary>The macros that <see cref="Select"/> may call.</summary>
    public static IReadOnlyList<string> Macros { get; } =
        [.. ((string[])["bigint", "integer", "smallint", "tinyint", "double", "real", "boolean"]).Select(t => "trino_try_" + t)];

    static string Key(TableColumn column, IReadOnlyDictionary<string, string> parameters) =>
        parameters.GetValueOrDefault("mapping." + column.Name) ?? column.Name;

    static bool IsCaseSensitive(IReadOnlyDictionary<string, string> parameters) =>
        parameters.TryGetValue("case.insensitive", out var value) && value.Equals("false", StringComparison.OrdinalIgnoreCase);

    static bool IsTrue(IReadOnlyDictionary<string, string> parameters, string name) =>
        parameters.GetValueOrDefault(name)?.Equals("true", StringComparison.OrdinalIgnoreCase) == true;

    static bool IsNested(string type) => type.EndsWith("[]", StringComparison.Ordinal) || type.StartsWith("STRUCT(", StringComparison.Ordinal) || type.StartsWith("MAP(", StringComparison.Ordinal);

    static string Pointer(string key) =>
        SqlText.Literal("/" + key.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));

    // The reader's buffers are as large as the longest line it must take: no larger than the files need.
    static long LineSize(IReadOnlyList<LakeFile> files)
    {
        const long Default = 16 << 20;
        var largest = files.Max(f => f.Key.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? f.Size * 20 : f.Size);
        return largest <= Default ? Default : MaxLine;
    }
}
