using System.Text.Json.Nodes;
using Stedi.DevStack.Aws.Glue.Catalog;
using Stedi.DevStack.Aws.Protocol;

namespace Stedi.DevStack.Aws.Glue;

internal sealed class PartitionOperations(PartitionStore partitions, GlueCatalog catalog, CatalogAccess access)
{
    private const int MaxBatch = 100;

    public JsonObject GetAll(JsonCall call)
    {
        var (database, table) = Names(call);
        var keys = (catalog.Table(database, table)["PartitionKeys"] as JsonArray ?? []).Select(k => (string)k!["Name"]!).ToList();
        var all = partitions.All(database, table);
        if (call.Text("Expression") is { Length: > 0 } expression)
        {
            var filter = PartitionExpression.Parse(expression, keys, call);
            all = [.. all.Where(p => filter([.. p["Values"]!.AsArray().Select(v => (string)v!)]))];
        }
        var (items, next) = Pagination.Of(all, call, call.Number("MaxResults", 1000, 1, 1000));
        return new JsonObject { ["Partitions"] = new JsonArray([.. items]), ["NextToken"] = next }.WithoutNulls();
    }

    public JsonObject Get(JsonCall call)
    {
        var (database, table) = Names(call);
        catalog.Table(database, table);
        return new() { ["Partition"] = partitions.Find(database, table, call.Texts("PartitionValues")) ?? throw new AwsException("EntityNotFoundException", "Cannot find partition.") };
    }

    public JsonObject Create(JsonCall call)
    {
        var (database, table) = Names(call);
        access.RequireWrite(call, database, table);
        var input = call.Within(call.RequiredObject("PartitionInput"));
        partitions.Create(database, table, input.Texts("Values"), input.Body);
        return [];
    }

    public JsonObject BatchCreate(JsonCall call)
    {
        var (database, table) = Names(call);
        access.RequireWrite(call, database, table);
        catalog.Table(database, table);
        var inputs = Limited(call, "PartitionInputList").Select(call.Within).ToList();
        return BatchErrors.Collect(inputs, i => partitions.Create(database, table, i.Texts("Values"), i.Body), i => ("PartitionValues", i.Body["Values"]?.DeepClone()));
    }

    public JsonObject Delete(JsonCall call)
    {
        var (database, table) = Names(call);
        access.RequireWrite(call, database, table);
        partitions.Delete(database, table, call.Texts("PartitionValues"));
        return [];
    }

    public JsonObject BatchDelete(JsonCall call)
    {
        var (database, table) = Names(call);
        access.RequireWrite(call, database, table);
        catalog.Table(database, table);
        var inputs = Limited(call, "PartitionsToDelete").Select(call.Within).ToList();
        return BatchErrors.Collect(inputs, i => partitions.Delete(database, table, i.Texts("Values")), i => ("PartitionValues", i.Body["Values"]?.DeepClone()));
    }

    private static (string Database, string Table) Names(JsonCall call) => (call.Name("DatabaseName"), call.Name("TableName"));

    private static IReadOnlyList<JsonObject> Limited(JsonCall call, string member) =>
        call.Objects(member) is { Count: <= MaxBatch } items ? items : throw call.Invalid($"{member} holds more than {MaxBatch} items.");
}
