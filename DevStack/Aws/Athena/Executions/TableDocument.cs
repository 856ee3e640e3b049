using System.Text.Json.Nodes;
using Stedi.DevStack.Aws.Athena.Engine;
using Stedi.DevStack.Aws.Athena.Errors;
using Stedi.DevStack.Aws.Athena.Statements;

namespace Stedi.DevStack.Aws.Athena.Executions;

/// <summary>Creates the Glue table documents of DDL statements and CREATE TABLE AS.</summary>
internal static class TableDocument
{
    public static JsonObject External(Statement.CreateTable table)
    {
        var storage = table.Storage;
        var (serde, input, output) = Classes(storage);
        var parameters = Map(storage.Properties);
        parameters["EXTERNAL"] = "TRUE";
        if (storage.Comment is not null)
        {
            parameters["comment"] = storage.Comment;
        }

        return Document(table.Table.Name, table.Columns.Select(Column), table.PartitionKeys.Select(Column), storage.Location!, serde, Map(storage.SerdeProperties), input, output, parameters);
    }

    public static JsonObject Of(string name, IEnumerable<TableColumn> columns, IEnumerable<TableColumn> partitionKeys, string location, OutputFormat format) =>
        Document(name, columns.Select(Column), partitionKeys.Select(Column), location, format.Serde,
            format.Name == "JSON" ? new JsonObject { ["ignore.malformed.json"] = "true" } : [], format.InputFormat, format.OutputFormatClass,
            new JsonObject { ["EXTERNAL"] = "TRUE", ["classification"] = format.Name.ToLowerInvariant() });

    public static JsonObject View(string name, string database, string query, IReadOnlyList<TableColumn> columns) => new()
    {
        ["Name"] = name,
        ["TableType"] = "VIRTUAL_VIEW",
        ["ViewOriginalText"] = PrestoView.Encode(query, database, columns),
        ["ViewExpandedText"] = "/* Presto View */",
        ["Parameters"] = new JsonObject { ["presto_view"] = "true", ["comment"] = "Presto View" },
        ["PartitionKeys"] = new JsonArray(),
        ["StorageDescriptor"] = new JsonObject
        {
            ["Columns"] = new JsonArray([.. columns.Select(Column)]),
            ["Location"] = "",
            ["SerdeInfo"] = new JsonObject(),
        },
    };

    public static JsonObject Column(ColumnDefinition column)
    {
        var document = Column(new TableColumn(column.Name, column.Type));
        if (column.Comment is not null)
        {
            document["Comment"] = column.Comment;
        }

        return document;
    }

    private static JsonObject Column(TableColumn column) => new() { ["Name"] = column.Name, ["Type"] = column.HiveType };

    private static JsonObject Document(string name, IEnumerable<JsonObject> columns, IEnumerable<JsonObject> partitionKeys, string location, string serde, JsonObject serdeParameters, string input, string output, JsonObject parameters) => new()
    {
        ["Name"] = name,
        ["TableType"] = "EXTERNAL_TABLE",
        ["Parameters"] = parameters,
        ["PartitionKeys"] = new JsonArray([.. partitionKeys]),
        ["StorageDescriptor"] = new JsonObject
        {
            ["Columns"] = new JsonArray([.. columns]),
            ["Location"] = location,
            ["InputFormat"] = input,
            ["OutputFormat"] = output,
            ["Compressed"] = false,
            ["NumberOfBuckets"] = -1,
            ["SerdeInfo"] = new JsonObject { ["SerializationLibrary"] = serde, ["Parameters"] = serdeParameters },
        },
    };

    private static (string Serde, string Input, string Output) Classes(TableStorage storage)
    {
        if (storage.StoredAs is not (null or "TEXTFILE" or "PARQUET" or "JSON"))
        {
            throw QueryFailedException.NotSupported($"STORED AS {storage.StoredAs} (PARQUET, TEXTFILE and JSON SerDes are)");
        }

        var format = OutputFormat.Of(storage.StoredAs ?? "TEXTFILE", "NONE");
        return (storage.Serde ?? format.Serde, storage.InputFormat ?? format.InputFormat, storage.OutputFormat ?? format.OutputFormatClass);
    }

    private static JsonObject Map(IReadOnlyDictionary<string, string> values) => new(values.Select(v => KeyValuePair.Create(v.Key, (JsonNode?)v.Value)));
}
