using System.Text.Json.Nodes;
using Stedi.DevStack.Aws.Athena.Errors;

namespace Stedi.DevStack.Aws.Athena.Translation;

/// <summary>Translates expressions by their class in DuckDB's syntax tree. Unknown classes are refused.</summary>
internal sealed class ExpressionRules(QueryScope scope, Action<JsonObject> subquery)
{
    /// <summary>A function that returns true, or fails if the query was interrupted. DuckDB does not check while it evaluates an expression.
    /// Its argument, which it ignores, makes DuckDB call it for each chunk.</summary>
    public const string InterruptionCheck = "clr_interruption_check";

    private static readonly HashSet<string> Operators =
    [
        "OPERATOR_NOT", "OPERATOR_IS_NULL", "OPERATOR_IS_NOT_NULL", "OPERATOR_COALESCE", "COMPARE_IN", "COMPARE_NOT_IN",
        "ARRAY_EXTRACT", "ARRAY_CONSTRUCTOR", "STRUCT_EXTRACT", "GROUPING_FUNCTION",
    ];

    private readonly FunctionRules _functions = new(scope);

    public JsonNode Translate(JsonObject e)
    {
        var alias = e.Text("alias");
        var result = ByClass(e);
        if (alias != "" && result is JsonObject o)
        {
            o["alias"] = alias;
        }

        return result;
    }

    private JsonNode ByClass(JsonObject e)
    {
        switch (e.Text("class"))
        {
            case "COLUMN_REF":
                return Column(e);
            case "CONSTANT":
                return e;
            case "STAR":
                return Star(e);
            case "FUNCTION":
                return Function(e);
            case "WINDOW":
                return Window(e);
            case "CAST":
                Ast.Replace(e, "child", Translate);
                return CastRules.Translate(e, scope);
            case "COMPARISON":
                Ast.Replace(e, "left", Translate);
                Ast.Replace(e, "right", Translate);
                return CharacterRules.Comparison(e);
            case "OPERATOR" when e.Text("type") == "OPERATOR_TRY":
                return Try(e);
            case "CONJUNCTION":
            case "OPERATOR" when Operators.Contains(e.Text("type")):
                Ast.ReplaceAll(e["children"], Translate);
                return e;
            case "BETWEEN":
                foreach (var member in (string[])["input", "lower", "upper"])
                {
                    Ast.Replace(e, member, Translate);
                }

                return e;
            case "CASE":
                return Case(e);
            case "SUBQUERY":
                Ast.Replace(e, "child", Translate);
                subquery(e["subquery"]!.AsObject());
                return e;
            case "LAMBDA":
                // Lambdas are evaluated in chunks of elements. The check lets an interrupt stop the query between chunks.
                Ast.Replace(e, "expr", body => Ast.Case([(Ast.Function(InterruptionCheck, Ast.Column(LambdaRules.Parameters(e)[0])), Translate(body))], Ast.Null()));
                return e;
            default:
                throw QueryFailedException.NotSupported($"{scope.At(e.Location())}{e.Text("class")} {e.Text("type")}");
        }
    }

    private JsonNode Try(JsonObject e)
    {
        if (JsonPickRule.Match(e) is var (json, keys))
        {
            var isColumn = json.Text("class") == "COLUMN_REF";
            var pick = Ast.Function(JsonPickRule.Function, isColumn ? Translate(json) : Try(Ast.Operator("OPERATOR_TRY", json)), Ast.Text(keys));
            return pick;
        }

        var outer = scope.IsInTry;
        scope.IsInTry = true;
        Ast.ReplaceAll(e["children"], Translate);
        scope.IsInTry = outer;
        return e;
    }

    private JsonObject Column(JsonObject e)
    {
        var names = e["column_names"]!.AsArray();
        if (names.Count == 4)
        {
            names.RemoveAt(0); // The catalogue: awsdatacatalog.db.table.column
        }

        scope.Columns.Add((string)names[^1]!);
        foreach (var name in names.SkipLast(1))
        {
            scope.Columns.Add((string)name!); // The field of a row is written like the column of a table.
        }

        return e;
    }

    private JsonObject Star(JsonObject e)
    {
        var isPlain = e["exclude_list"] is not JsonArray { Count: > 0 } && e["qualified_exclude_list"] is not JsonArray { Count: > 0 } &&
            e["replace_list"] is not JsonArray { Count: > 0 } && e["rename_list"] is not JsonArray { Count: > 0 } && e["columns"] is JsonValue v && !(bool)v && e["expr"] is null;
        return isPlain ? e : throw QueryFailedException.Syntax($"{scope.At(e.Location())}* takes no EXCLUDE, REPLACE or RENAME in Athena");
    }

    private JsonNode Function(JsonObject e)
    {
        if (e.Text("schema") is not ("" or "main") || e.Text("catalog") != "")
        {
            throw QueryFailedException.FunctionNotFound(scope.At(e.Location()), $"{e.Text("schema")}.{e.Text("function_name")}");
        }

        Ast.ReplaceAll(e["children"], Translate);
        Ast.Replace(e, "filter", Translate);
        Orders(e["order_bys"]?["orders"]);
        return _functions.Translate(e);
    }

    private JsonObject Window(JsonObject e)
    {
        Ast.ReplaceAll(e["children"], Translate);
        Ast.ReplaceAll(e["partitions"], Translate);
        Orders(e["orders"]);
        Orders(e["arg_orders"]);
        foreach (var member in (string[])["start_expr", "end_expr", "offset_expr", "default_expr", "filter_expr"])
        {
            Ast.Replace(e, member, Translate);
        }

        return _functions.TranslateWindow(e);
    }

    private JsonObject Case(JsonObject e)
    {
        foreach (var check in e["case_checks"]!.AsArray())
        {
            Ast.Replace(check!.AsObject(), "when_expr", condition => ShortCircuit.Apply(Translate(condition)));
            Ast.Replace(check!.AsObject(), "then_expr", Translate);
        }
        Ast.Replace(e, "else_expr", Translate);
        return e;
    }

    private void Orders(JsonNode? orders)
    {
        foreach (var order in orders as JsonArray ?? [])
        {
            Ast.Replace(order!.AsObject(), "expression", Translate);
        }
    }
}
