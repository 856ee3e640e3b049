using System.Text.Json.Nodes;
using Stedi.DevStack.Aws.Glue.Catalog;
using Stedi.DevStack.Aws.Protocol;

namespace Stedi.DevStack.Aws.Glue;

internal sealed class DatabaseOperations(GlueCatalog catalog, CatalogAccess access)
{
    public JsonObject Create(JsonCall call)
    {
        var input = call.Within(call.RequiredObject("DatabaseInput"));
        var name = input.Name("Name");
        access.RequireWrite(call, name);
        catalog.CreateDatabase(name, input.Body);
        return [];
    }

    public JsonObject Update(JsonCall call)
    {
        var name = call.Name("Name");
        access.RequireDatabaseChange(call, name);
        catalog.UpdateDatabase(name, call.RequiredObject("DatabaseInput"));
        return [];
    }

    public JsonObject Get(JsonCall call) => new() { ["Database"] = catalog.Database(call.Name("Name")) };

    public JsonObject GetAll(JsonCall call)
    {
        var (items, next) = Pagination.Of(catalog.Databases(), call, call.Number("MaxResults", 100, 1, 100));
        return new JsonObject { ["DatabaseList"] = new JsonArray([.. items]), ["NextToken"] = next }.WithoutNulls();
    }

    public JsonObject Delete(JsonCall call)
    {
        var name = call.Name("Name");
        access.RequireDatabaseChange(call, name);
        catalog.DeleteDatabase(name);
        return [];
    }
}
