using System.Text.Json.Nodes;
using Stedi.DevStack.Aws.Athena.Errors;

namespace Stedi.DevStack.Aws.Athena.Translation;

/// <summary>Translates queries: SELECT, set operations and WITH.</summary>
internal sealed class QueryRules
{
    private readonly QueryScope _scope;
    private readonly ExpressionRules _expressions;
    private readonly TableRules _tables;

    public QueryRules(QueryScope scope)
    {
        _scope = scope;
        _expressions = new ExpressionRules(scope, Statement);
        _tables = new TableRules(scope, _expressions, Statement);
    }

    /// <summary>Translates a statement or sub-query: an object with a <c>node</c>, or the whole output of json_serialize_sql.</summary>
    public void Statement(JsonObject statement)
    {
        if (statement["statements"] is JsonArray statements)
        {
            statement = statements[0]!.AsObject();
        }

        Node(statement["node"]!.AsObject());
    }

    /// <summary>Whether a whole statement has an ORDER BY, not counting those of its sub-queries.</summary>
    public static bool IsOrdered(JsonObject tree) =>
        tree["statements"]![0]!["node"]!["modifiers"]!.AsArray().OfType<JsonObject>().Any(modifier => modifier.Text("type") == "ORDER_MODIFIER");

    private void Node(JsonObject node)
    {
        var depth = _scope.Depth;
        CommonTables(node);
        switch (node.Text("type"))
        {
            case "SELECT_NODE":
                Select(node);
                break;
            case "SET_OPERATION_NODE" when node.Text("setop_type") is "UNION" or "INTERSECT" or "EXCEPT":
                Node(node["left"]!.AsObject());
                Node(node["right"]!.AsObject());
                break;
            case "RECURSIVE_CTE_NODE":
                _scope.Enter(node.Text("cte_name"));
                Node(node["left"]!.AsObject());
                Node(node["right"]!.AsObject());
                break;
            default:
                throw QueryFailedException.NotSupported($"{node.Text("type")} {node.Text("setop_type")}".TrimEnd());
        }
        foreach (var modifier in node["modifiers"]!.AsArray())
        {
            Modifier(modifier!.AsObject());
        }

        _scope.LeaveTo(depth);
    }

    private void CommonTables(JsonObject node)
    {
        foreach (var entry in node["cte_map"]?["map"] as JsonArray ?? [])
        {
            var table = entry!["value"]!.AsObject();
            Statement(table["query"]!.AsObject());
            if (table["key_targets"] is JsonArray { Count: > 0 })
            {
                throw QueryFailedException.NotSupported("USING KEY");
            }

            _scope.Enter((string)entry["key"]!);
        }
    }

    private void Select(JsonObject node)
    {
        Refuse(node["qualify"] is not null, "QUALIFY");
        Refuse(node["sample"] is not null, "TABLESAMPLE");
        Refuse(node.Text("aggregate_handling") is not "STANDARD_HANDLING", "GROUP BY ALL");
        _tables.Translate(node["from_table"]!.AsObject());
        SelectList(node, _tables.HasPath(node["from_table"]!.AsObject()));
        Ast.Replace(node, "where_clause", _expressions.Translate);
        Ast.ReplaceAll(node["group_expressions"], _expressions.Translate);
        Ast.Replace(node, "having", _expressions.Translate);
    }

    private void SelectList(JsonObject node, bool hasPath)
    {
        Ast.ReplaceAll(node["select_list"], _expressions.Translate);
        var number = 0;
        foreach (var item in node["select_list"]!.AsArray().Select(i => i!.AsObject()))
        {
            if (item.Text("class") == "STAR")
            {
                _scope.SelectsAll = true;
                // Athena's path column is hidden: it is only returned if it is named.
                if (hasPath)
                {
                    item["exclude_list"]!.AsArray().Add(QueryScope.Path);
                }
            }
            else if (item.Text("class") != "COLUMN_REF" && item.Text("alias") == "")
            {
                item["alias"] = $"_col{number}";
            }
            number++;
        }
    }

    private void Modifier(JsonObject modifier)
    {
        switch (modifier.Text("type"))
        {
            case "ORDER_MODIFIER":
                foreach (var order in modifier["orders"]!.AsArray())
                {
                    Ast.Replace(order!.AsObject(), "expression", _expressions.Translate);
                }

                break;
            case "LIMIT_MODIFIER":
                Ast.Replace(modifier, "limit", _expressions.Translate);
                Ast.Replace(modifier, "offset", _expressions.Translate);
                break;
            case "DISTINCT_MODIFIER" when modifier["distinct_on_targets"] is not JsonArray { Count: > 0 }:
                break;
            default:
                throw QueryFailedException.NotSupported(modifier.Text("type"));
        }
    }

    private static void Refuse(bool condition, string what)
    {
        if (condition)
        {
            throw QueryFailedException.NotSupported($"{what} is not part of Athena's SQL, or not supported by the local engine");
        }
    }
}
