using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>
/// One JSON document a line, as the OpenX SerDe reads it: keys match columns whatever their case, a <c>string</c> column gives
/// the token's text, and with <c>ignore.malformed.json</c> a line that is no object is a row of NULLs.
/// </summary>
internal sealed class JsonFormat : ITableFormat
{
    public string Select(CatalogTable table, IReadOnlyList<LakeFile> files, bool withFileName, IReadOnlySet<string>? mentioned)
    {
        var parameters = table.SerdeParameters;
        var isLenient = IsTrue(parameters, "ignore.malformed.json");
        var extracted = new Extraction();
        var keys = JsonKeys.Sample(files);
        var columns = table.Columns.Select(c =>
            $"{Column(c, Spellings(c, keys, parameters), IsCaseSensitive(parameters), mentioned?.Contains(c.Name) == false ? null : extracted)} AS {SqlText.Identifier(c.Name)}").ToList();
        var from = $"read_json_objects({SqlText.List(files.Select(f => f.Path))}, format = 'newline_delimited', ignore_errors = {(isLenient ? "true" : "false")}, hive_partitioning = false{(withFileName ? ", filename = true" : "")})";
        var fileName = withFileName ? ", filename" : "";
        return $"SELECT {string.Join(", ", columns)}{fileName} FROM (SELECT json{extracted.Sql}{fileName} FROM {from})";
    }

    /// <summary>Values that one pass over a line takes out: each <c>-&gt;&gt;</c> of its own would parse the line again.</summary>
    sealed class Extraction
    {
        readonly List<string> pointers = [];

        public string Sql => pointers.Count == 0 ? "" : $", json_extract_string(json, [{string.Join(", ", pointers)}]) AS extracted";

        public string Add(string pointer)
        {
            pointers.Add(pointer);
            return $"extracted[{pointers.Count}]";
        }
    }

    static string Column(TableColumn column, (string Key, IReadOnlyList<string> Found) spellings, bool caseSensitive, Extraction? extracted)
    {
        var type = column.DuckDbType;
        var isNested = IsNested(type);
        var op = isNested ? "->" : "->>";
        var values = spellings.Found.Select(s => isNested || extracted is null ? $"(json {op} {Pointer(s)})" : extracted.Add(Pointer(s))).ToList();
        if (!caseSensitive)
            values.Add(OtherSpelling(spellings.Key, op));
        var value = values.Count == 1 ? values[0] : $"coalesce({string.Join(", ", values)})";
        return type == "VARCHAR" ? value : isNested ? $"TRY_CAST({value} AS {type})" : Cast(value, type);
    }

    static (string Key, IReadOnlyList<string> Found) Spellings(TableColumn column, IReadOnlyDictionary<string, IReadOnlyList<string>> keys, IReadOnlyDictionary<string, string> parameters)
    {
        var key = parameters.GetValueOrDefault("mapping." + column.Name) ?? column.Name;
        return (key, IsCaseSensitive(parameters) ? [key] : keys.GetValueOrDefault(key.ToLowerInvariant(), []));
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

    static bool IsCaseSensitive(IReadOnlyDictionary<string, string> parameters) =>
        parameters.TryGetValue("case.insensitive", out var value) && value.Equals("false", StringComparison.OrdinalIgnoreCase);

    static bool IsTrue(IReadOnlyDictionary<string, string> parameters, string name) =>
        parameters.GetValueOrDefault(name)?.Equals("true", StringComparison.OrdinalIgnoreCase) == true;

    static bool IsNested(string type) => type.EndsWith("[]", StringComparison.Ordinal) || type.StartsWith("STRUCT(", StringComparison.Ordinal) || type.StartsWith("MAP(", StringComparison.Ordinal);

    static string Pointer(string key) =>
        SqlText.Literal("/" + key.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
}
