using System.Text.Json.Nodes;

namespace Stedi.DevStack.Aws.Athena.Translation;

/// <summary>
/// Replaces casts of a JSON table's text columns by hidden columns of its view, which the reader fills from the JSON number where
/// the result is the same. This saves formatting and parsing numbers, for instance in staging. Only a plain SELECT from one table
/// is changed.
/// </summary>
internal sealed class CastPushdown(Func<TableReference, string, bool> isJsonText)
{
    private static readonly Dictionary<string, string> Casts = new()
    {
        ["trino_try_bigint"] = "bigint",
        ["trino_try_integer"] = "integer",
        ["trino_try_double"] = "double",
    };

    /// <summary>Changes the tree and returns the hidden columns that it now reads, such as <c>x$double</c>.</summary>
    public IReadOnlySet<string> Apply(JsonObject tree, QueryScope scope)
    {
        var hidden = new HashSet<string>();
        var select = tree["statements"]![0]!["node"]!.AsObject();
        if (scope.SelectsAll || scope.Tables.Count != 1 || select.Text("type") != "SELECT_NODE" || select["from_table"]!.AsObject().Text("type") != "BASE_TABLE"
            || select["cte_map"]?["map"] is JsonArray { Count: > 0 })
        {
            return hidden;
        }

        var table = scope.Tables.Single();
        var casts = new List<(JsonObject Node, string Column, string Type)>();
        var nullTests = new List<(JsonObject Node, string Column)>();
        Walk(select, node => Collect(node, table, casts, nullTests));
        var typed = casts.GroupBy(c => c.Column).Where(g => g.Select(c => c.Type).Distinct().Count() == 1).Select(g => g.Key).ToHashSet();
        foreach (var (node, column, type) in casts.Where(c => typed.Contains(c.Column)))
        {
            hidden.Add(ReplaceByColumn(node, $"{column}${type}"));
        }

        foreach (var (node, column) in nullTests.Where(n => typed.Contains(n.Column)))
        {
            hidden.Add(ReplaceByColumn(node, $"{column}$null"));
        }

        return hidden;
    }

    /// <summary>The columns that a tree names.</summary>
    public static HashSet<string> ColumnsOf(JsonObject tree)
    {
        var columns = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        Walk(tree, node =>
        {
            if (node.Text("class") == "COLUMN_REF" && node["column_names"] is JsonArray { Count: > 0 } names)
            {
                columns.Add((string)names[^1]!);
            }
        });
        return columns;
    }

    private void Collect(JsonObject node, TableReference table, List<(JsonObject, string, string)> casts, List<(JsonObject, string)> nullTests)
    {
        var isCast = Casts.TryGetValue(node.Text("function_name"), out var type);
        if (!isCast && node.Text("type") != "OPERATOR_IS_NULL")
        {
            return;
        }

        if (node["children"] is not JsonArray { Count: 1 } children || children[0] is not JsonObject child || child.Text("class") != "COLUMN_REF" || child["column_names"] is not JsonArray { Count: 1 } names)
        {
            return;
        }

        var column = ((string)names[0]!).ToLowerInvariant();
        if (!isJsonText(table, column))
        {
            return;
        }

        if (isCast)
        {
            casts.Add((node, column, type!));
        }
        else
        {
            nullTests.Add((node, column));
        }
    }

    private static string ReplaceByColumn(JsonObject node, string column)
    {
        var (alias, location) = (node.Text("alias"), node["query_location"]?.DeepClone());
        node.Clear();
        node["class"] = "COLUMN_REF";
        node["type"] = "COLUMN_REF";
        node["alias"] = alias;
        node["query_location"] = location;
        node["column_names"] = new JsonArray(column);
        return column;
    }

    // Sub-queries have their own columns.
    private static void Walk(JsonNode? node, Action<JsonObject> visit)
    {
        switch (node)
        {
            case JsonObject o when o.Text("class") == "SUBQUERY":
                break;
            case JsonObject o:
                visit(o);
                foreach (var (_, child) in o)
                {
                    Walk(child, visit);
                }

                break;
            case JsonArray array:
                foreach (var child in array)
                {
                    Walk(child, visit);
                }

                break;
        }
    }
}
