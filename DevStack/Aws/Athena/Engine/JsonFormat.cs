using Stedi.DevStack.Aws.Athena.Translation;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>
/// Reads one JSON document per line as the OpenX SerDe does: keys match columns in any case, a <c>string</c> column returns the
/// token's text, and with <c>ignore.malformed.json</c> a line that is not an object is a row of NULLs.
/// </summary>
internal sealed class JsonFormat : ITableFormat
{
    private static readonly LineReader Reader = new(Prefix: "", SkipsByteOrderMark: false);

    public IReadOnlyList<FileGroup> Prepare(CatalogTable table, IReadOnlyList<FileGroup> groups, QueryFiles query) =>
        [.. groups.Select(group => group with { Files = [.. LineFiles.Prepare(group, Reader, query).Select(prepared => prepared.File)] })];

    public string Select(CatalogTable table, FileGroup group, TableRead read)
    {
        var files = group.Files;
        var keys = JsonKeys.Sample(files);
        if (read.Hidden.Count == 0 || JsonFastPathSelect.Of(table.Columns, column => Spellings(column, keys, table.SerdeParameters).Found, keys, read) is not { } fastPath)
        {
            return LineByLine(table, files, keys, read);
        }

        var groups = fastPath.Split(files);
        var parts = groups.Eligible.Count == 0 ? [] : new List<string> { fastPath.Sql(groups.Eligible) };
        if (groups.Others.Count > 0)
        {
            parts.Add(LineByLine(table, groups.Others, keys, read));
        }

        return string.Join(" UNION ALL ", parts);
    }

    private static string LineByLine(CatalogTable table, IReadOnlyList<LakeFile> files, IReadOnlyDictionary<string, IReadOnlyList<string>> keys, TableRead read)
    {
        var parameters = table.SerdeParameters;
        var isLenient = IsTrue(parameters, "ignore.malformed.json");
        var extraction = new JsonExtraction(read.Hidden.Count > 0);
        var columns = table.Columns.SelectMany(c => Columns(c, Spellings(c, keys, parameters), IsCaseSensitive(parameters), read, extraction)).ToList();
        var from = $"read_json_objects({SqlText.List(files.Select(f => f.Path))}, format = 'newline_delimited', compression = 'uncompressed', ignore_errors = {(isLenient ? "true" : "false")}, hive_partitioning = false{(read.WithFileName ? ", filename = true" : "")})";
        var fileName = read.WithFileName ? ", filename" : "";
        var lines = $"(SELECT {Unambiguous(IsCaseSensitive(parameters), isLenient)} AS json{fileName} FROM (SELECT json, json_keys(json) AS keys{fileName} FROM {from}))";
        return $"SELECT {string.Join(", ", columns)}{fileName} FROM (SELECT json{extraction.Sql}{fileName} FROM {lines})";
    }

    // For Athena a line with a repeated key is malformed, ignoring case unless the table is case-sensitive. The keys are extracted
    // once, because each parse of a line keeps as much memory as the line is long.
    private static string Unambiguous(bool isCaseSensitive, bool isLenient)
    {
        var distinct = $"list_distinct({(isCaseSensitive ? "keys" : "list_transform(keys, k -> lower(k))")})";
        var refused = isLenient ? "NULL" : "error('HIVE_CURSOR_ERROR: Row is not a valid JSON Object - JSONException: Duplicate key')";
        return $"CASE WHEN keys IS NULL OR len(keys) = len({distinct}) THEN json ELSE {refused} END";
    }

    /// <summary>The column itself, and the hidden columns that replace a cast of it or a test for NULL.</summary>
    private static IEnumerable<string> Columns(TableColumn column, JsonSpellings spellings, bool caseSensitive, TableRead read, JsonExtraction extraction)
    {
        var cast = ((string[])["bigint", "integer", "double"]).FirstOrDefault(t => read.Hidden.Contains($"{column.Name}${t}"));
        var number = cast is not null && spellings.Found is [var only] ? extraction.Number(only) : null;
        var text = Value(column, spellings, caseSensitive, number is null && read.Mentions(column.Name) ? extraction : null);
        yield return $"{text} AS {SqlText.Identifier(column.Name)}";
        if (cast is not null)
        {
            yield return $"{Typed(text, cast, number, spellings)} AS {SqlText.Identifier($"{column.Name}${cast}")}";
        }

        if (read.Hidden.Contains($"{column.Name}$null"))
        {
            yield return $"{(number is null ? $"({text}) IS NULL" : $"CASE WHEN {number} IS NOT NULL THEN false ELSE ({text}) IS NULL END")} AS {SqlText.Identifier(column.Name + "$null")}";
        }
    }

    // DuckDB's number equals Athena's cast of the text if it is finite and the line has no spelling that only DuckDB accepts, such
    // as '1_000' or true. A whole number must be in the line digit by digit, since 12.0 is not one.
    private static string Typed(string text, string cast, string? number, JsonSpellings spellings)
    {
        var slow = $"trino_try_{cast}({text})";
        if (number is null)
        {
            return slow;
        }

        if (cast == "double")
        {
            return $"CASE WHEN plain AND isfinite({number}) THEN {number} ELSE {slow} END";
        }

        var whole = $"TRY_CAST({number} AS {(cast == "bigint" ? "BIGINT" : "INTEGER")})";
        var key = SqlText.Literal(System.Text.Json.JsonSerializer.Serialize(spellings.Found[0]) + ":");
        var isSpelledOut = $"contains(CAST(json AS VARCHAR), {key} || {whole} || ',') OR contains(CAST(json AS VARCHAR), {key} || {whole} || '}}') OR contains(CAST(json AS VARCHAR), {key} || ' ' || {whole} || ',')";
        return $"CASE WHEN abs({number}) < 9007199254740992 AND ({isSpelledOut}) THEN {whole} ELSE {slow} END";
    }

    private static string Value(TableColumn column, JsonSpellings spellings, bool caseSensitive, JsonExtraction? extraction)
    {
        var type = column.DuckDbType;
        var isNested = IsNested(type);
        var op = isNested ? "->" : "->>";
        var values = spellings.Found.Select(s => isNested || extraction is null ? $"(json {op} {JsonExtraction.Pointer(s)})" : extraction.Text(s)).ToList();
        if (!caseSensitive)
        {
            values.Add(OtherSpelling(spellings.Key, op));
        }

        var value = values.Count == 1 ? values[0] : $"coalesce({string.Join(", ", values)})";
        return type == "VARCHAR" ? value : isNested ? $"TRY_CAST({value} AS {type})" : Cast(value, type);
    }

    // Sampled spellings cover nearly every row. For other rows the line's text is searched first, which is cheaper than its keys.
    private static string OtherSpelling(string key, string op)
    {
        var lower = key.ToLowerInvariant();
        var found = $"list_filter(json_keys(json), k -> lower(k) = {SqlText.Literal(lower)})[1]";
        var path = $"'/' || replace(replace({found}, '~', '~0'), '/', '~1')";
        return $"CASE WHEN contains(lower(CAST(json AS VARCHAR)), {SqlText.Literal($"\"{lower}\"")}) AND json_type(json) = 'OBJECT' THEN json {op} ({path}) END";
    }

    private static string Cast(string text, string type)
    {
        var macro = "trino_try_" + type.ToLowerInvariant() switch { "float" => "real", var t => t };
        return type is "BIGINT" or "INTEGER" or "SMALLINT" or "TINYINT" or "DOUBLE" or "FLOAT" or "BOOLEAN" ? $"{macro}({text})" : $"TRY_CAST({text} AS {type})";
    }

    private static JsonSpellings Spellings(TableColumn column, IReadOnlyDictionary<string, IReadOnlyList<string>> keys, IReadOnlyDictionary<string, string> parameters)
    {
        var key = parameters.GetValueOrDefault("mapping." + column.Name) ?? column.Name;
        return new(key, IsCaseSensitive(parameters) ? [key] : keys.GetValueOrDefault(key.ToLowerInvariant(), []));
    }

    private static bool IsCaseSensitive(IReadOnlyDictionary<string, string> parameters) =>
        parameters.TryGetValue("case.insensitive", out var value) && value.Equals("false", StringComparison.OrdinalIgnoreCase);

    private static bool IsTrue(IReadOnlyDictionary<string, string> parameters, string name) =>
        parameters.GetValueOrDefault(name)?.Equals("true", StringComparison.OrdinalIgnoreCase) == true;

    private static bool IsNested(string type) => type.EndsWith("[]", StringComparison.Ordinal) || type.StartsWith("STRUCT(", StringComparison.Ordinal) || type.StartsWith("MAP(", StringComparison.Ordinal);
}

/// <param name="Key">The column's key; <paramref name="Found"/> has its spellings in a sample of the files.</param>
internal sealed record JsonSpellings(string Key, IReadOnlyList<string> Found);
