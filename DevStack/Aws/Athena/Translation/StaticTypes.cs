using System.Text.Json.Nodes;

namespace Stedi.DevStack.Aws.Athena.Translation;

/// <summary>The types of translated expressions, where they are known before the query is bound.</summary>
internal enum StaticType
{
    /// <summary>The type depends on a column or on a function's arguments.</summary>
    Unknown,

    /// <summary>A text of any length.</summary>
    Text,

    /// <summary>A whole number of 64 bits.</summary>
    Bigint,
}

/// <summary>Infers static types.</summary>
internal static class StaticTypes
{
    private static readonly Dictionary<string, StaticType> Functions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["length"] = StaticType.Bigint,
        ["strlen"] = StaticType.Bigint,
        ["clr_cardinality"] = StaticType.Bigint,
        ["clr_strpos"] = StaticType.Bigint,
        ["trino_regexp_count"] = StaticType.Bigint,
        ["trino_try_bigint"] = StaticType.Bigint,
        ["trino_cast_bigint"] = StaticType.Bigint,
        ["trino_try_text_bigint"] = StaticType.Bigint,
        ["trino_cast_text_bigint"] = StaticType.Bigint,
        ["trim"] = StaticType.Text,
        ["lower"] = StaticType.Text,
        ["upper"] = StaticType.Text,
        ["replace"] = StaticType.Text,
        ["regexp_replace"] = StaticType.Text,
        ["clr_json_extract_scalar"] = StaticType.Text,
        ["trino_json_format"] = StaticType.Text,
        ["trino_cast_varchar"] = StaticType.Text,
    };

    /// <summary>The static type of a translated expression.</summary>
    public static StaticType Of(JsonNode expression)
    {
        if (Ast.Literal(expression) is not null)
        {
            return StaticType.Text;
        }

        return expression is JsonObject node && node.Text("class") == "FUNCTION" ? Functions.GetValueOrDefault(node.Text("function_name")) : StaticType.Unknown;
    }
}
