using System.Globalization;
using System.Text.Json.Nodes;
using Stedi.DevStack.Aws.Athena.Errors;

namespace Stedi.DevStack.Aws.Athena.Translation;

/// <summary>Translates CAST and TRY_CAST to listed types. Where Trino reads text or rounds numbers differently, a macro does it as Trino does.</summary>
internal static class CastRules
{
    private static readonly Dictionary<string, string> Macros = new()
    {
        ["TINYINT"] = "tinyint",
        ["SMALLINT"] = "smallint",
        ["INTEGER"] = "integer",
        ["BIGINT"] = "bigint",
        ["DOUBLE"] = "double",
        ["FLOAT"] = "real",
        ["BOOLEAN"] = "boolean",
        ["DATE"] = "date",
        ["TIMESTAMP"] = "timestamp",
        ["TIMESTAMP_MS"] = "timestamp",
        ["VARCHAR"] = "varchar",
        ["BLOB"] = "varbinary",
    };

    // Types with macros of their own for text.
    private static readonly HashSet<string> TextMacros = ["tinyint", "smallint", "integer", "bigint", "double", "real"];

    private static readonly HashSet<string> Unchanged = ["DECIMAL", "LIST", "MAP", "STRUCT", "TIMESTAMP WITH TIME ZONE", "TIME", "INTERVAL", "UUID"];

    public static JsonNode Translate(JsonObject cast, QueryScope scope)
    {
        var type = cast["cast_type"]!.AsObject();
        var (id, isTry) = (type.Text("id"), (bool)cast["try_cast"]!);
        if (id == "UNBOUND")
        {
            return Named(cast, type["type_info"]!.AsObject().Text("name"), isTry, scope);
        }
        // A typed literal: date '2020-01-01'.
        if (id is "DATE" or "TIMESTAMP" && !isTry && Ast.Literal(cast["child"]) is not null)
        {
            return cast;
        }

        if (id == "DOUBLE" && cast["child"] is JsonObject child && child.Text("class") == "CONSTANT" && Ast.Literal(child) is null)
        {
            return cast;
        }

        if (IsMapOfJson(type))
        {
            return JsonMap(cast, isTry && !scope.IsInTry);
        }

        if (Macros.TryGetValue(id, out var macro))
        {
            return Call(cast, macro, isTry, scope);
        }

        return Unchanged.Contains(id) ? cast : throw Unknown(id, cast, scope);
    }

    /// <summary>Whether it is map(varchar, json).</summary>
    public static bool IsMapOfJson(JsonObject type) =>
        type.Text("id") == "MAP" && type["type_info"]?["child_type"]?["type_info"]?["child_types"] is JsonArray { Count: 2 } parts
        && parts[0]!["second"]!.AsObject().Text("id") == "VARCHAR" && IsJson(parts[1]!["second"]);

    private static JsonObject Named(JsonObject cast, string name, bool isTry, QueryScope scope)
    {
        if (name.StartsWith(LexicalRules.TruncatedText, StringComparison.OrdinalIgnoreCase))
        {
            var length = int.Parse(name[LexicalRules.TruncatedText.Length..], CultureInfo.InvariantCulture);
            return Ast.Function("substring", Call(cast, "varchar", isTry, scope), Ast.Integer(1), Ast.Integer(length));
        }
        // DuckDB's parser leaves these type names unbound, although their meaning is fixed.
        return name.ToUpperInvariant() switch
        {
            "TIMESTAMP WITH TIME ZONE" => cast,
            "JSON" => Ast.Function("clr_json_parse", Ast.Function("to_json", Child(cast))),
            _ => throw Unknown(name, cast, scope),
        };
    }

    private static JsonNode Call(JsonObject cast, string macro, bool isTry, QueryScope scope)
    {
        if (macro is "boolean" && Ast.Literal(cast["child"]) is "t" or "f")
        {
            // The parser's form of TRUE and FALSE.
            return cast;
        }

        var child = Child(cast);
        var from = StaticTypes.Of(child);
        var name = (isTry || scope.IsInTry ? "trino_try_" : "trino_cast_") + (from == StaticType.Text && TextMacros.Contains(macro) ? "text_" : "") + macro;
        return (from, macro) switch
        {
            (StaticType.Bigint, "bigint") or (StaticType.Text, "varchar") => child,
            (StaticType.Bigint, "varchar") => Ast.Cast(child, "VARCHAR"),
            _ => Ast.Function(name, child),
        };
    }

    // The keys are text, since JSON has no others.
    private static JsonObject JsonMap(JsonObject cast, bool isTry)
    {
        var map = Ast.Function("clr_json_map", Child(cast));
        return isTry ? Ast.Operator("OPERATOR_TRY", map) : map;
    }

    private static bool IsJson(JsonNode? type) =>
        type is JsonObject o && o.Text("id") == "UNBOUND" && o["type_info"]!.AsObject().Text("name").Equals("json", StringComparison.OrdinalIgnoreCase);

    private static JsonNode Child(JsonObject cast)
    {
        var child = cast["child"]!;
        cast["child"] = null;
        return child;
    }

    private static QueryFailedException Unknown(string type, JsonObject cast, QueryScope scope) =>
        new($"TYPE_MISMATCH: {scope.At(cast.Location())}Unknown type: {type.ToLowerInvariant()}", AthenaErrorType.Unsupported);
}

/// <summary>
/// Macros that cast as Trino does: text to numbers by Java's rules (no fraction in a whole number, no underscore),
/// halves rounded away from zero, doubles formatted as in Java. <c>typeof</c> is evaluated when the query is bound, so that only one branch is executed.
/// </summary>
internal static class CastMacros
{
    public static IEnumerable<string> All(string blanks)
    {
        foreach (var (name, type) in ((string, string)[])[("tinyint", "TINYINT"), ("smallint", "SMALLINT"), ("integer", "INTEGER"), ("bigint", "BIGINT")])
        {
            yield return $"trino_try_text_{name}(s) AS {(name == "bigint" ? "clr_text_bigint(s)" : $"TRY_CAST(clr_text_bigint(s) AS {type})")}";
            yield return Strict($"text_{name}", name);
            yield return $"trino_try_{name}(x) AS CASE WHEN typeof(x) = 'VARCHAR' THEN trino_try_text_{name}(CAST(x AS VARCHAR)) WHEN typeof(x) IN ('DOUBLE', 'FLOAT') THEN TRY_CAST(round(TRY_CAST(x AS DOUBLE)) AS {type}) ELSE TRY_CAST(x AS {type}) END";
        }
        foreach (var (name, type) in ((string, string)[])[("double", "DOUBLE"), ("real", "FLOAT")])
        {
            yield return $"trino_try_text_{name}(s) AS clr_text_{name}(s)";
            yield return Strict($"text_{name}", name);
            yield return $"trino_try_{name}(x) AS CASE WHEN typeof(x) = 'VARCHAR' THEN trino_try_text_{name}(CAST(x AS VARCHAR)) ELSE TRY_CAST(x AS {type}) END";
        }
        yield return "trino_try_boolean(x) AS CASE WHEN typeof(x) = 'VARCHAR' THEN CASE WHEN lower(CAST(x AS VARCHAR)) IN ('t', 'true', '1') THEN true WHEN lower(CAST(x AS VARCHAR)) IN ('f', 'false', '0') THEN false END ELSE TRY_CAST(x AS BOOLEAN) END";
        yield return $"trino_try_date(x) AS CASE WHEN typeof(x) = 'VARCHAR' THEN CASE WHEN regexp_full_match(CAST(x AS VARCHAR), '{blanks}[+-]?[0-9]{{1,6}}-[0-9]{{1,2}}-[0-9]{{1,2}}{blanks}') THEN TRY_CAST(x AS DATE) END ELSE TRY_CAST(x AS DATE) END";
        yield return $"trino_try_timestamp(x) AS CASE WHEN typeof(x) = 'VARCHAR' THEN CASE WHEN regexp_full_match(CAST(x AS VARCHAR), '{blanks}[0-9]{{1,6}}-[0-9]{{1,2}}-[0-9]{{1,2}}( [0-9]{{1,2}}:[0-9]{{1,2}}(:[0-9]{{1,2}}([.][0-9]+)?)?)?{blanks}') THEN TRY_CAST(x AS TIMESTAMP) END ELSE TRY_CAST(x AS TIMESTAMP) END";
        yield return "trino_try_varchar(x) AS CASE WHEN typeof(x) = 'VARCHAR' THEN CAST(x AS VARCHAR) WHEN typeof(x) = 'JSON' THEN clr_json_extract_scalar(CAST(x AS VARCHAR), '$') WHEN typeof(x) IN ('DOUBLE', 'FLOAT') THEN clr_double_text(TRY_CAST(x AS DOUBLE)) WHEN typeof(x) IN ('TIMESTAMP', 'TIMESTAMP_MS') THEN strftime(TRY_CAST(x AS TIMESTAMP), '%Y-%m-%d %H:%M:%S.%g') WHEN typeof(x) = 'TIMESTAMP WITH TIME ZONE' THEN strftime(TRY_CAST(x AS TIMESTAMPTZ), '%Y-%m-%d %H:%M:%S.%g') || ' UTC' ELSE CAST(x AS VARCHAR) END";
        yield return "trino_try_varbinary(x) AS CASE WHEN typeof(x) = 'VARCHAR' THEN encode(CAST(x AS VARCHAR)) ELSE TRY_CAST(x AS BLOB) END";
        foreach (var type in (string[])["tinyint", "smallint", "integer", "bigint", "double", "real", "boolean", "date", "timestamp", "varchar", "varbinary"])
        {
            yield return Strict(type, type);
        }
    }

    // The macro that fails where another gives NULL for something else.
    private static string Strict(string name, string type) =>
        $"trino_cast_{name}(x) AS coalesce(trino_try_{name}(x), CASE WHEN x IS NOT NULL THEN error('INVALID_CAST_ARGUMENT: Cannot cast ''' || CAST(x AS VARCHAR) || ''' to {type.ToUpperInvariant()}') END)";
}
