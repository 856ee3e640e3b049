using System.Text.Json;
using System.Text.Json.Nodes;
using Stedi.DevStack.Aws.Protocol;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Glue.Catalog;

/// <summary>Stores the partitions of tables, ordered by their values.</summary>
internal sealed class PartitionStore(StateDatabase state, GlueCatalog catalog, TimeProvider time)
{
    public List<JsonObject> All(string database, string table)
    {
        catalog.Table(database, table);
        return state.Query("SELECT document FROM partition WHERE database = $1 AND name = $2 ORDER BY partition_values", r => JsonNode.Parse(r.GetString(0))!.AsObject(), database, table);
    }

    public JsonObject? Find(string database, string table, IReadOnlyList<string> values) =>
        state.Single("SELECT document FROM partition WHERE database = $1 AND name = $2 AND partition_values = $3", r => JsonNode.Parse(r.GetString(0))!.AsObject(), database, table, Key(values));

    /// <exception cref="AwsException">A partition with these values exists, or their number is not that of the keys.</exception>
    public void Create(string database, string table, IReadOnlyList<string> values, JsonObject input) => state.Transaction(() =>
    {
        var keys = (catalog.Table(database, table)["PartitionKeys"] as JsonArray)?.Count ?? 0;
        if (values.Count != keys)
        {
            throw new AwsException("InvalidInputException", $"The number of partition keys do not match the number of partition values: table {table} has {keys}, the input {values.Count}.");
        }

        if (Find(database, table, values) is not null)
        {
            throw new AwsException("AlreadyExistsException", "Partition already exists.");
        }

        var document = input.DeepClone().AsObject();
        document["DatabaseName"] = database;
        document["TableName"] = table;
        document["CatalogId"] = GlueCatalog.CatalogId;
        document["CreationTime"] = time.Now();
        return state.Execute("INSERT INTO partition (database, name, partition_values, document) VALUES ($1, $2, $3, $4)", database, table, Key(values), document.ToJsonString());
    });

    public void Delete(string database, string table, IReadOnlyList<string> values)
    {
        catalog.Table(database, table);
        if (state.Execute("DELETE FROM partition WHERE database = $1 AND name = $2 AND partition_values = $3", database, table, Key(values)) == 0)
        {
            throw new AwsException("EntityNotFoundException", "Partition not found.");
        }
    }

    private static string Key(IReadOnlyList<string> values) => JsonSerializer.Serialize(values);
}
