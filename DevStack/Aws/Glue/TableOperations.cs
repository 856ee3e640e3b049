using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Stedi.DevStack.Aws.Athena.Statements;
using Stedi.DevStack.Aws.Glue.Catalog;
using Stedi.DevStack.Aws.Protocol;

namespace Stedi.DevStack.Aws.Glue;

internal sealed class TableOperations(GlueCatalog catalog, CatalogAccess access)
{
    public JsonObject Create(JsonCall call)
    {
        var database = Database(call);
        var input = Input(call);
        access.RequireWrite(call, database, input.Name("Name"));
        catalog.CreateTable(database, input.Name("Name"), input.Body);
        return [];
    }

    public JsonObject Get(JsonCall call) => new() { ["Table"] = catalog.Table(Database(call), call.Name("Name")) };

    public JsonObject GetAll(JsonCall call)
    {
        var tables = catalog.Tables(Database(call));
        if (call.Text("Expression") is { Length: > 0 } expression)
        {
            tables = [.. tables.Where(t => Matches(call, expression, (string)t["Name"]!))];
        }

        var (items, next) = Pagination.Of(tables, call, call.Number("MaxResults", 100, 1, 100));
        return new JsonObject { ["TableList"] = new JsonArray([.. items]), ["NextToken"] = next }.WithoutNulls();
    }

    public JsonObject Update(JsonCall call)
    {
        var database = Database(call);
        var input = Input(call);
        access.RequireWrite(call, database, input.Name("Name"));
        catalog.UpdateTable(database, input.Name("Name"), input.Body, call.Text("VersionId"), call.Flag("SkipArchive"));
        return [];
    }

    public JsonObject Delete(JsonCall call)
    {
        var database = Database(call);
        access.RequireWrite(call, database, call.Name("Name"));
        catalog.DeleteTable(database, call.Name("Name"));
        return [];
    }

    public JsonObject BatchDelete(JsonCall call)
    {
        var database = Database(call);
        access.RequireWrite(call, database);
        catalog.Database(database);
        return BatchErrors.Collect(call.Texts("TablesToDelete"), name =>
        {
            access.RequireWrite(call, database, name);
            catalog.DeleteTable(database, name.ToLowerInvariant());
        }, name => ("TableName", (JsonNode)name));
    }

    public JsonObject GetVersions(JsonCall call)
    {
        var (items, next) = Pagination.Of(catalog.Versions(Database(call), call.Name("TableName")), call, call.Number("MaxResults", 100, 1, 100));
        var versions = items.Select(t => new JsonObject { ["VersionId"] = t["VersionId"]!.DeepClone(), ["Table"] = t });
        return new JsonObject { ["TableVersions"] = new JsonArray([.. versions]), ["NextToken"] = next }.WithoutNulls();
    }

    public JsonObject GetVersion(JsonCall call)
    {
        var versions = catalog.Versions(Database(call), call.Name("TableName"));
        var wanted = call.Text("VersionId");
        var found = wanted is null ? versions[0] : versions.Find(t => (string)t["VersionId"]! == wanted)
            ?? throw new AwsException("EntityNotFoundException", $"Version {wanted} not found.");
        return new() { ["TableVersion"] = new JsonObject { ["VersionId"] = found["VersionId"]!.DeepClone(), ["Table"] = found } };
    }

    public JsonObject BatchDeleteVersions(JsonCall call)
    {
        var (database, table) = (Database(call), call.Name("TableName"));
        access.RequireWrite(call, database, table);
        return BatchErrors.Collect(call.Texts("VersionIds"), version => catalog.DeleteVersion(database, table, version), version => ("VersionId", (JsonNode)version));
    }

    private static string Database(JsonCall call) => call.Name("DatabaseName");

    private static JsonCall Input(JsonCall call)
    {
        var input = call.Within(call.RequiredObject("TableInput"));
        foreach (var key in input.Objects("PartitionKeys").Select(input.Within))
        {
            CheckColumn(key);
        }

        _ = StringMap.Of(input, "Parameters");
        if (input.Object("StorageDescriptor") is { } storage)
        {
            var descriptor = input.Within(storage);
            foreach (var column in descriptor.Objects("Columns").Select(descriptor.Within))
            {
                CheckColumn(column);
            }

            _ = descriptor.Text("Location");
            if (descriptor.Object("SerdeInfo") is { } serde)
            {
                _ = (descriptor.Within(serde).Text("SerializationLibrary"), StringMap.Of(descriptor.Within(serde), "Parameters"));
            }
        }
        _ = (input.Text("TableType"), input.Text("ViewOriginalText"));
        return input;
    }

    private static void CheckColumn(JsonCall column)
    {
        var name = column.Required("Name");
        if (Nesting.IsTooDeep(column.Text("Type")))
        {
            throw column.Invalid($"The type of column {name} is nested deeper than {Nesting.MaxDepth} levels.");
        }
    }

    private static bool Matches(JsonCall call, string expression, string name)
    {
        try
        {
            return Regex.IsMatch(name, $"^(?:{expression})$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or RegexMatchTimeoutException)
        {
            throw call.Invalid($"Expression '{expression}' is not a valid pattern.");
        }
    }
}
