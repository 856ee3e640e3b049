using System.Text.Json.Nodes;
using Stedi.DevStack.Aws.Athena.Errors;

namespace Stedi.DevStack.Aws.Athena.Translation;

/// <summary>
/// Translates functions that take lambdas of two parameters. DuckDB's lambdas see elements of lists only, so a map is changed as the
/// list of its entries.
/// </summary>
internal static class LambdaRules
{
    private const string Entry = "map$entry";

    /// <summary>The names of a lambda's parameters.</summary>
    public static IReadOnlyList<string> Parameters(JsonObject lambda) => lambda["lhs"]!.AsObject() switch
    {
        var list when list.Text("class") == "FUNCTION" => [.. list["children"]!.AsArray().Select(p => Name(p!.AsObject()))],
        var single => [Name(single)],
    };

    public static FunctionRule MapFilter() => new(2, 2, (call, scope) =>
    {
        var (map, body) = Arguments(call, scope);
        return Ast.Function("map_from_entries", Ast.Function("list_filter", Ast.Function("map_entries", map), Ast.Lambda(Entry, body)));
    });

    /// <summary>DuckDB fails for keys that are equal or NULL, as Trino does.</summary>
    public static FunctionRule TransformKeys() => new(2, 2, (call, scope) =>
    {
        var (map, body) = Arguments(call, scope);
        return Transform(map, body, Part("value"));
    });

    public static FunctionRule TransformValues() => new(2, 2, (call, scope) =>
    {
        var (map, body) = Arguments(call, scope);
        return Transform(map, Part("key"), body);
    });

    public static FunctionRule Match(string macro) => new(2, 2, (call, scope) =>
    {
        return Ast.Function(macro, Ast.Function("list_transform", Ast.Detach(call["children"]!.AsArray())));
    });

    /// <summary>reduce(array, initial, (state, element) -> .., state -> ..)</summary>
    public static FunctionRule Reduce() => new(4, 4, (call, _) =>
    {
        var arguments = Ast.Detach(call["children"]!.AsArray());
        var state = Ast.Function("list_reduce", arguments[0], arguments[2], arguments[1]);
        return Ast.Function("list_extract", Ast.Function("list_transform", Ast.Function("list_value", state), arguments[3]), Ast.Integer(1));
    });

    private static JsonObject Transform(JsonNode map, JsonNode key, JsonNode value)
    {
        (key["alias"], value["alias"]) = ("key", "value");
        return Ast.Function("map_from_entries", Ast.Function("list_transform", Ast.Function("map_entries", map), Ast.Lambda(Entry, Ast.Function("struct_pack", key, value))));
    }

    // The map, and the lambda's body with parts of an entry in place of its two parameters.
    private static (JsonNode Map, JsonNode Body) Arguments(JsonObject call, QueryScope scope)
    {
        var arguments = Ast.Detach(call["children"]!.AsArray());
        if (arguments[1] is not JsonObject lambda || lambda.Text("class") != "LAMBDA" || Parameters(lambda) is not [var key, var value])
        {
            throw new QueryFailedException($"FUNCTION_NOT_FOUND: {scope.At(call.Location())}{call.Text("function_name")} takes a map and a lambda of two parameters", AthenaErrorType.Unsupported);
        }

        var body = lambda["expr"]!;
        lambda["expr"] = null;
        return (arguments[0], Substitute(body, key, value));
    }

    private static JsonNode Substitute(JsonNode node, string key, string value)
    {
        switch (node)
        {
            case JsonObject o when o.Text("class") == "COLUMN_REF" && o["column_names"] is JsonArray { Count: > 0 } names:
                var name = (string)names[0]!;
                var isKey = name.Equals(key, StringComparison.OrdinalIgnoreCase);
                if (!isKey && !name.Equals(value, StringComparison.OrdinalIgnoreCase))
                {
                    return o;
                }

                var part = names.Skip(1).Aggregate((JsonNode)Part(isKey ? "key" : "value"), (inner, field) => Ast.Function("struct_extract", inner, Ast.Text((string)field!)));
                part["alias"] = o.Text("alias");
                return part;
            case JsonObject o when o.Text("class") == "LAMBDA" && Parameters(o).Any(p => p.Equals(key, StringComparison.OrdinalIgnoreCase) || p.Equals(value, StringComparison.OrdinalIgnoreCase)):
                return o; // Its own parameters hide those of the outer lambda.
            case JsonObject o:
                foreach (var (member, child) in o.ToList())
                {
                    if (child is JsonObject or JsonArray)
                    {
                        o[member] = null;
                        o[member] = Substitute(child, key, value);
                    }
                }

                return o;
            case JsonArray array:
                foreach (var item in Ast.Detach(array))
                {
                    array.Add(item is null ? null : Substitute(item, key, value));
                }

                return array;
            default:
                return node;
        }
    }

    private static JsonObject Part(string name) => Ast.Function("struct_extract", Ast.Column(Entry), Ast.Text(name));

    private static string Name(JsonObject column) => column["column_names"] is JsonArray { Count: 1 } names ? (string)names[0]! : "";
}
