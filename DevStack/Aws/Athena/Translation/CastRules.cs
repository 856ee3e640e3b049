using System.Globalization;
using System.Text.Json.Nodes;

namespace Stedi.DevStack.Aws.Athena.Translation;

/// <summary>CAST and TRY_CAST. Types are a list; where Trino reads text or rounds numbers otherwise than DuckDB, a macro does it Trino's way.</summary>
internal static class CastRules
{
    static readonly Dictionary<string, string> Macros = new()
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

    static readonly HashSet<string> AsTheyAre = ["DECIMAL", "LIST", "MAP", "STRUCT", "TIMESTAMP WITH TIME ZONE", "TIME", "INTERVAL", "UUID"];

    public static JsonNode Translate(JsonObject cast, QueryScope scope)
    {
        var type = cast["cast_type"]!.AsObject();
        var (id, isTry) = (type.Text("id"), (bool)cast["try_cast"]!);
        if (id == "UNBOUND")
            return Named(cast, type["type_info"]!.AsObject().Text("name"), isTry, scope);
        // A typed literal: date '2020-01-01'.
        if (id is "DATE" or "TIMESTAMP" && !isTry && Ast.Literal(cast["child"]) is not null)
            return cast;
        if (id == "DOUBLE" && cast["child"] is JsonObject child && child.Text("class") == "CONSTANT" && Ast.Literal(child) is null)
            return cast;
        if (Macros.TryGetValue(id, out var macro))
            return Call(cast, macro, isTry, scope);
        return AsTheyAre.Contains(id) ? cast : throw Unknown(id, cast, scope);
    }

    static JsonObject Named(JsonObject cast, string name, bool isTry, QueryScope scope)
    {
        if (name.StartsWith(LexicalRules.TruncatedText, StringComparison.OrdinalIgnoreCase))
        {
            var length = int.Parse(name[LexicalRules.TruncatedText.Length..], CultureInfo.InvariantCulture);
            return Ast.Function("substring", Call(cast, "varchar", isTry, scope), Ast.Integer(1), Ast.Integer(length));
        }
        // The parser knows these names only from its catalogue; their meaning is fixed.
        return name.ToUpperInvariant() switch
        {
            "TIMESTAMP WITH TIME ZONE" => cast,
            _ => throw Unknown(name, cast, scope),
        };
    }

    static JsonObject Call(JsonObject cast, string macro, bool isTry, QueryScope scope)
    {
        var name = (isTry || scope.IsInTry ? "trino_try_" : "trino_cast_") + macro;
        scope.Macros.Add(name);
        var child = cast["child"]!;
        cast["child"] = null;
        return Ast.Function(name, child);
    }

    static QueryFailure Unknown(string type, JsonObject cast, QueryScope scope) =>
        new($"TYPE_MISMATCH: {scope.At(cast.Location())}Unknown type: {type.ToLowerInvariant()}", AthenaErrorType.Unsupported);
}
