using System.Text.Json.Nodes;
using Stedi.DevStack.Aws.Glue.Catalog;
using Stedi.DevStack.Aws.Protocol;

namespace Stedi.DevStack.Aws.Athena;

/// <summary>Athena's operations on the Glue catalogue, such as GetTableMetadata.</summary>
internal sealed class MetadataOperations(GlueCatalog catalog)
{
    private const string CatalogName = "AwsDataCatalog";

    public JsonObject GetTable(JsonCall call)
    {
        RequireCatalog(call);
        var (database, table) = (call.Name("DatabaseName"), call.Name("TableName"));
        return new() { ["TableMetadata"] = Metadata(catalog.FindTable(database, table) ?? throw NotFound($"Table {database}.{table} not found.")) };
    }

    public JsonObject ListTables(JsonCall call)
    {
        RequireCatalog(call);
        var database = call.Name("DatabaseName");
        if (catalog.FindDatabase(database) is null)
        {
            throw NotFound($"Database {database} not found.");
        }

        var (items, next) = Pagination.Of(catalog.Tables(database), call, call.Number("MaxResults", 50, 1, 50));
        return new JsonObject { ["TableMetadataList"] = new JsonArray([.. items.Select(Metadata)]), ["NextToken"] = next }.WithoutNulls();
    }

    public JsonObject GetDatabase(JsonCall call)
    {
        RequireCatalog(call);
        var name = call.Name("DatabaseName");
        return new() { ["Database"] = Database(catalog.FindDatabase(name) ?? throw NotFound($"Database {name} not found.")) };
    }

    public JsonObject ListDatabases(JsonCall call)
    {
        RequireCatalog(call);
        var (items, next) = Pagination.Of(catalog.Databases(), call, call.Number("MaxResults", 50, 1, 50));
        return new JsonObject { ["DatabaseList"] = new JsonArray([.. items.Select(Database)]), ["NextToken"] = next }.WithoutNulls();
    }

    public static JsonObject GetCatalog(JsonCall call) => new() { ["DataCatalog"] = new JsonObject { ["Name"] = call.Required("Name"), ["Type"] = "GLUE" } };

    public static JsonObject ListCatalogs(JsonCall call) => new() { ["DataCatalogsSummary"] = new JsonArray(new JsonObject { ["CatalogName"] = CatalogName, ["Type"] = "GLUE" }) };

    private static JsonObject Database(JsonObject database) =>
        new JsonObject { ["Name"] = database["Name"]!.DeepClone(), ["Description"] = database["Description"]?.DeepClone(), ["Parameters"] = database["Parameters"]?.DeepClone() }.WithoutNulls();

    private static JsonObject Metadata(JsonObject table)
    {
        var parameters = (table["Parameters"]?.DeepClone() as JsonObject) ?? [];
        var storage = table["StorageDescriptor"];
        foreach (var (name, value) in ((string, JsonNode?)[])[("location", storage?["Location"]), ("inputformat", storage?["InputFormat"]), ("outputformat", storage?["OutputFormat"]), ("serde.serialization.lib", storage?["SerdeInfo"]?["SerializationLibrary"])])
        {
            if (value is not null)
            {
                parameters[name] = value.DeepClone();
            }
        }
        foreach (var (name, value) in storage?["SerdeInfo"]?["Parameters"] as JsonObject ?? [])
        {
            parameters["serde.param." + name] = value?.DeepClone();
        }

        return new JsonObject
        {
            ["Name"] = table["Name"]!.DeepClone(),
            ["CreateTime"] = table["CreateTime"]?.DeepClone(),
            ["TableType"] = table["TableType"]?.DeepClone() ?? "EXTERNAL_TABLE",
            ["Columns"] = Columns(storage?["Columns"]),
            ["PartitionKeys"] = Columns(table["PartitionKeys"]),
            ["Parameters"] = parameters,
        }.WithoutNulls();
    }

    private static JsonArray Columns(JsonNode? columns) => new([.. (columns as JsonArray ?? []).Select(c =>
        new JsonObject { ["Name"] = c!["Name"]?.DeepClone(), ["Type"] = c["Type"]?.DeepClone(), ["Comment"] = c["Comment"]?.DeepClone() }.WithoutNulls())]);

    private static void RequireCatalog(JsonCall call)
    {
        if (!call.Required("CatalogName").Equals(CatalogName, StringComparison.OrdinalIgnoreCase))
        {
            throw call.Invalid($"Catalog {call.Text("CatalogName")} does not exist. The only catalog is {CatalogName}.");
        }
    }

    private static AwsException NotFound(string message) => new("MetadataException", message);
}
