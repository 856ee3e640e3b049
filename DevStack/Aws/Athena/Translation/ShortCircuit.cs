using System.Text.Json.Nodes;

namespace Stedi.DevStack.Aws.Athena.Translation;

/// <summary>
/// Makes DuckDB evaluate the operands of AND in a condition of CASE in their order, as Trino does. DuckDB tries other orders to find a
/// fast one, which costs much if a test is there to avoid an expensive one.
/// </summary>
internal static class ShortCircuit
{
    public static JsonNode Apply(JsonNode condition)
    {
        if (condition is not JsonObject and || and.Text("type") != "CONJUNCTION_AND" || and["children"] is not JsonArray operands || !operands.Skip(1).Any(IsExpensive))
        {
            return condition;
        }

        // Whether the condition is false or NULL makes no difference to CASE.
        return Ast.Detach(operands).AsEnumerable().Reverse().Aggregate((rest, first) => Ast.Case([(first, rest)], Ast.Null()));
    }

    private static bool IsExpensive(JsonNode? node) => node switch
    {
        JsonObject o when o.Text("type") == "OPERATOR_TRY" || o.Text("function_name").Contains("regexp", StringComparison.Ordinal) || o.Text("function_name").Contains("json", StringComparison.Ordinal) => true,
        JsonObject o => o.Any(member => IsExpensive(member.Value)),
        JsonArray array => array.Any(IsExpensive),
        _ => false,
    };
}
