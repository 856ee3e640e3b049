using System.Text.Json.Nodes;

namespace Stedi.DevStack.Aws.Athena.Translation;

/// <summary>Creates, reads and replaces nodes of DuckDB's serialized syntax tree.</summary>
internal static class Ast
{
    public static JsonObject Function(string name, params IEnumerable<JsonNode> arguments) => new()
    {
        ["class"] = "FUNCTION",
        ["type"] = "FUNCTION",
        ["alias"] = "",
        ["query_location"] = ulong.MaxValue,
        ["function_name"] = name,
        ["schema"] = "",
        ["children"] = new JsonArray([.. arguments]),
        ["filter"] = null,
        ["order_bys"] = new JsonObject { ["type"] = "ORDER_MODIFIER", ["orders"] = new JsonArray() },
        ["distinct"] = false,
        ["is_operator"] = false,
        ["export_state"] = false,
        ["catalog"] = "",
    };

    public static JsonObject Text(string value) => Constant("VARCHAR", value);

    public static JsonObject Column(string name) => new()
    {
        ["class"] = "COLUMN_REF",
        ["type"] = "COLUMN_REF",
        ["alias"] = "",
        ["query_location"] = ulong.MaxValue,
        ["column_names"] = new JsonArray(name),
    };

    public static JsonObject Lambda(string parameter, JsonNode body) => new()
    {
        ["class"] = "LAMBDA",
        ["type"] = "LAMBDA",
        ["alias"] = "",
        ["query_location"] = ulong.MaxValue,
        ["lhs"] = Column(parameter),
        ["expr"] = body,
    };

    public static JsonObject Integer(int value) => Constant("INTEGER", value);

    public static JsonObject Cast(JsonNode value, string type) => new()
    {
        ["class"] = "CAST",
        ["type"] = "OPERATOR_CAST",
        ["alias"] = "",
        ["query_location"] = ulong.MaxValue,
        ["child"] = value,
        ["cast_type"] = new JsonObject { ["id"] = type, ["type_info"] = null },
        ["try_cast"] = false,
    };

    public static JsonObject Operator(string type, params IEnumerable<JsonNode> children) => new()
    {
        ["class"] = "OPERATOR",
        ["type"] = type,
        ["alias"] = "",
        ["query_location"] = ulong.MaxValue,
        ["children"] = new JsonArray([.. children]),
    };

    public static JsonObject Case(IEnumerable<(JsonNode When, JsonNode Then)> checks, JsonNode otherwise) => new()
    {
        ["class"] = "CASE",
        ["type"] = "CASE_EXPR",
        ["alias"] = "",
        ["query_location"] = ulong.MaxValue,
        ["case_checks"] = new JsonArray([.. checks.Select(c => new JsonObject { ["when_expr"] = c.When, ["then_expr"] = c.Then })]),
        ["else_expr"] = otherwise,
    };

    public static JsonObject Null()
    {
        var constant = Text("");
        constant["value"] = new JsonObject { ["type"] = new JsonObject { ["id"] = "NULL", ["type_info"] = null }, ["is_null"] = true };
        return constant;
    }

    /// <summary>A string member, or an empty string if it is absent or not a string.</summary>
    public static string Text(this JsonObject node, string member) =>
        node[member] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    public static long Location(this JsonObject node) =>
        node["query_location"] is JsonValue value && value.TryGetValue<long>(out var location) ? location : -1;

    /// <summary>The value of a string literal, or null if the node is something else.</summary>
    public static string? Literal(JsonNode? node) =>
        node is JsonObject o && o.Text("class") == "CONSTANT" && o["value"]?["value"] is JsonValue v && v.TryGetValue<string>(out var text) ? text : null;

    public static bool IsNonZeroNumber(JsonNode? node) =>
        node is JsonObject o && o.Text("class") == "CONSTANT" && o["value"]?["value"] is JsonValue v && v.TryGetValue<double>(out var number) && number != 0;

    /// <summary>Whether two expressions are written alike. Their places in the query may differ.</summary>
    public static bool AreAlike(JsonNode? a, JsonNode? b) => (a, b) switch
    {
        (JsonObject x, JsonObject y) => x.Count == y.Count && x.All(m => m.Key == "query_location" || (y.ContainsKey(m.Key) && AreAlike(m.Value, y[m.Key]))),
        (JsonArray x, JsonArray y) => x.Count == y.Count && x.Zip(y).All(p => AreAlike(p.First, p.Second)),
        _ => JsonNode.DeepEquals(a, b),
    };

    /// <summary>The arguments of a plain call of a function with so many arguments, or null if the node is something else.</summary>
    public static JsonArray? Arguments(JsonNode? node, string function, int count) =>
        node is JsonObject o && o.Text("class") == "FUNCTION" && o.Text("function_name").Equals(function, StringComparison.OrdinalIgnoreCase) && o.Text("schema") is "" or "main"
        && o["children"] is JsonArray arguments && arguments.Count == count && o["filter"] is null && !(bool)(o["distinct"] ?? false) ? arguments : null;

    /// <summary>Replaces a member by its translation, unless it is absent.</summary>
    public static void Replace(JsonObject parent, string member, Func<JsonObject, JsonNode> translate)
    {
        if (parent[member] is not JsonObject child)
        {
            return;
        }

        parent[member] = null;
        parent[member] = translate(child);
    }

    public static void ReplaceAll(JsonNode? list, Func<JsonObject, JsonNode> translate)
    {
        if (list is not JsonArray array)
        {
            return;
        }

        var items = Detach(array);
        foreach (var item in items)
        {
            array.Add(item is JsonObject o ? translate(o) : item);
        }
    }

    public static List<JsonNode> Detach(JsonArray array)
    {
        var items = array.Select(i => i!).ToList();
        array.Clear();
        return items;
    }

    private static JsonObject Constant(string type, JsonNode value) => new()
    {
        ["class"] = "CONSTANT",
        ["type"] = "VALUE_CONSTANT",
        ["alias"] = "",
        ["query_location"] = ulong.MaxValue,
        ["value"] = new JsonObject { ["type"] = new JsonObject { ["id"] = type, ["type_info"] = null }, ["is_null"] = false, ["value"] = value },
    };
}
