using System.Text.Json.Nodes;
using Stedi.DevStack.Aws.Athena.Errors;

namespace Stedi.DevStack.Aws.Athena.Translation;

/// <summary>Translates the FROM clause. Only tables of the catalogue and the table function UNNEST are allowed, so that no query
/// can read other files.</summary>
internal sealed class TableRules(QueryScope scope, ExpressionRules expressions, Action<JsonObject> subquery)
{
    /// <summary>The DuckDB catalog of all views. References are qualified with it, so that they cannot reach DuckDB's own catalogs.</summary>
    public const string Catalog = "memory";

    public void Translate(JsonObject table)
    {
        if (table["sample"] is not null)
        {
            throw QueryFailedException.NotSupported("TABLESAMPLE");
        }

        switch (table.Text("type"))
        {
            case "EMPTY":
                break;
            case "BASE_TABLE":
                BaseTable(table);
                break;
            case "JOIN":
                Join(table);
                break;
            case "SUBQUERY":
                subquery(table["subquery"]!.AsObject());
                break;
            case "EXPRESSION_LIST":
                foreach (var row in table["values"]!.AsArray())
                {
                    Ast.ReplaceAll(row, expressions.Translate);
                }

                break;
            case "TABLE_FUNCTION" when table["function"] is JsonObject function && function.Text("function_name") == "unnest":
                Ast.ReplaceAll(function["children"], expressions.Translate);
                break;
            case "TABLE_FUNCTION":
                throw QueryFailedException.FunctionNotFound(scope.At(table.Location()), table["function"]!.AsObject().Text("function_name"));
            default:
                throw QueryFailedException.NotSupported(table.Text("type"));
        }
    }

    /// <summary>Whether <c>*</c> over this table would include the hidden path column.</summary>
    public bool HasPath(JsonObject table) => scope.UsesPath && table.Text("type") switch
    {
        "BASE_TABLE" => table.Text("catalog_name") == Catalog && table.Text("schema_name") != InformationSchema.View,
        "JOIN" => HasPath(table["left"]!.AsObject()) || HasPath(table["right"]!.AsObject()),
        _ => false,
    };

    private void BaseTable(JsonObject table)
    {
        var (catalog, database, name) = (table.Text("catalog_name"), table.Text("schema_name"), table.Text("table_name"));
        if (table["at_clause"] is not null)
        {
            throw QueryFailedException.NotSupported("FOR VERSION or TIMESTAMP AS OF");
        }

        if (catalog == "" && database == "" && scope.IsCommonTable(name))
        {
            return;
        }

        if (catalog != "" && !catalog.Equals("awsdatacatalog", StringComparison.OrdinalIgnoreCase))
        {
            throw new QueryFailedException($"CATALOG_NOT_FOUND: {scope.At(table.Location())}Catalog '{catalog}' does not exist", AthenaErrorType.Schema);
        }

        var reference = scope.Use(database == "" ? null : database, name, table.Location());
        table["catalog_name"] = Catalog;
        table["schema_name"] = reference.Database == InformationSchema.Name ? InformationSchema.View : reference.Database;
        table["table_name"] = reference.Table;
        if (table.Text("alias") == "")
        {
            table["alias"] = reference.Table;
        }
    }

    private void Join(JsonObject join)
    {
        if (join.Text("join_type") is not ("INNER" or "LEFT" or "RIGHT" or "FULL") || join.Text("ref_type") is not ("REGULAR" or "CROSS" or "NATURAL" or "DEPENDENT"))
        {
            throw QueryFailedException.NotSupported($"{join.Text("ref_type")} {join.Text("join_type")} JOIN");
        }

        Translate(join["left"]!.AsObject());
        Translate(join["right"]!.AsObject());
        Ast.Replace(join, "condition", expressions.Translate);
        foreach (var column in join["using_columns"]!.AsArray())
        {
            scope.Columns.Add((string)column!);
        }
    }
}

/// <summary>Names for Athena's <c>information_schema</c>, whose views hide DuckDB's own schema of that name.</summary>
internal static class InformationSchema
{
    public const string Name = "information_schema";
    public const string View = "glue information_schema";
}
