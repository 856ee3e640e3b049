using System.Text;
using System.Text.Json.Nodes;

namespace Stedi.DevStack.Aws.Athena.Translation;

/// <summary>
/// Recognises the expression that picks the members of a JSON object by their keys in any case. One function evaluates it in one
/// pass, many times as fast as the functions that it is made of.
/// </summary>
internal static class JsonPickRule
{
    /// <summary>Takes a text and the keys, one a line.</summary>
    public const string Function = "clr_json_pick";

    private const int MaxKeys = 64;

    /// <summary>
    /// The text to parse and the keys, if a TRY is <c>try(transform_keys(map_filter(CAST(json_parse(text) AS map(varchar, json)),
    /// (k, v) -> lower(k) IN (..)), (k, v) -> lower(k)))</c> with literal keys of plain ASCII; otherwise null.
    /// </summary>
    public static (JsonObject Json, string Keys)? Match(JsonObject attempt)
    {
        if (attempt["children"] is not JsonArray { Count: 1 } child || Ast.Arguments(child[0], "transform_keys", 2) is not [JsonObject filter, JsonObject toLower]
            || Key(toLower) is not { } renamed || !IsLower(toLower["expr"], renamed)
            || Ast.Arguments(filter, "map_filter", 2) is not [JsonObject map, JsonObject test]
            || Key(test) is not { } tested || Keys(test["expr"], tested) is not { } keys
            || map.Text("class") != "CAST" || (bool)map["try_cast"]! || !CastRules.IsMapOfJson(map["cast_type"]!.AsObject())
            || Ast.Arguments(map["child"], "json_parse", 1) is not [JsonObject json])
        {
            return null;
        }

        json.Parent!.AsArray().Clear();
        return (json, keys);
    }

    private static string? Keys(JsonNode? test, string parameter)
    {
        if (test is not JsonObject o || o.Text("type") != "COMPARE_IN" || o["children"] is not JsonArray { Count: > 1 } operands || operands.Count > MaxKeys + 1 || !IsLower(operands[0], parameter))
        {
            return null;
        }

        var keys = operands.Skip(1).Select(Ast.Literal).ToList();
        // A key with a capital letter equals no text in lower case.
        return keys.TrueForAll(k => k is { Length: > 0 } && Ascii.IsValid(k) && !k.Any(c => c is < ' ' or '"' or '\\' || char.IsAsciiLetterUpper(c)))
            ? string.Join('\n', keys.Distinct()) : null;
    }

    private static bool IsLower(JsonNode? node, string parameter) =>
        Ast.Arguments(node, "lower", 1) is [JsonObject column] && column.Text("class") == "COLUMN_REF" && column["column_names"] is JsonArray { Count: 1 } names
        && ((string)names[0]!).Equals(parameter, StringComparison.OrdinalIgnoreCase);

    // The first of the two parameters of a lambda.
    private static string? Key(JsonObject lambda) =>
        lambda.Text("class") == "LAMBDA" && LambdaRules.Parameters(lambda) is [{ Length: > 0 } key, { Length: > 0 } value] && !key.Equals(value, StringComparison.OrdinalIgnoreCase) ? key : null;
}
