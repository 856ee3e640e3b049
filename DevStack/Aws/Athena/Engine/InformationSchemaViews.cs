using Stedi.DevStack.Aws.Athena.Errors;
using Stedi.DevStack.Aws.Athena.Translation;
using Stedi.DevStack.Aws.Glue.Catalog;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>The tables of <c>information_schema</c>, filled from the Glue catalogue.</summary>
internal sealed class InformationSchemaViews(GlueCatalog catalog)
{
    private static readonly string[] SchemaColumns = ["catalog_name", "schema_name"];
    private static readonly string[] TableColumns = ["table_catalog", "table_schema", "table_name", "table_type"];
    private static readonly string[] ColumnColumns = ["table_catalog", "table_schema", "table_name", "column_name", "ordinal_position", "column_default", "is_nullable", "data_type"];

    public string Select(string table) => table switch
    {
        "schemata" => Values(SchemaColumns, Databases().Select(d => Row(d))),
        "tables" => Values(TableColumns, Tables().Select(t => Row(t.Database, t.Name, t.IsView ? "VIEW" : "BASE TABLE"))),
        "columns" => Values(ColumnColumns, Tables().SelectMany(Columns)),
        _ => throw QueryFailedException.TableNotFound("", "information_schema", table),
    };

    private IEnumerable<string> Databases() => catalog.Databases().Select(d => (string)d["Name"]!).Append("information_schema");

    private IEnumerable<CatalogTable> Tables() =>
        catalog.Databases().SelectMany(d => catalog.Tables((string)d["Name"]!)).Select(t => new CatalogTable(t));

    private static IEnumerable<string> Columns(CatalogTable table) => table.Columns.Concat(table.PartitionKeys)
        .Select((c, i) => $"('awsdatacatalog', {SqlText.Literal(table.Database)}, {SqlText.Literal(table.Name)}, {SqlText.Literal(c.Name)}, CAST({i + 1} AS BIGINT), CAST(NULL AS VARCHAR), 'YES', {SqlText.Literal(TrinoType(c.HiveType))})");

    private static string TrinoType(string hiveType) => hiveType switch
    {
        "string" => "varchar",
        "int" => "integer",
        "float" => "real",
        "binary" => "varbinary",
        "timestamp" => "timestamp(3)",
        _ => hiveType,
    };

    private static string Row(params string[] values) => $"('awsdatacatalog', {string.Join(", ", values.Select(SqlText.Literal))})";

    private static string Values(string[] columns, IEnumerable<string> rows)
    {
        var list = rows.ToList();
        var names = string.Join(", ", columns);
        return list.Count > 0 ? $"SELECT * FROM (VALUES {string.Join(", ", list)}) t({names})"
            : $"SELECT {string.Join(", ", columns.Select(c => $"CAST(NULL AS {(c == "ordinal_position" ? "BIGINT" : "VARCHAR")}) AS {c}"))} WHERE false";
    }
}
