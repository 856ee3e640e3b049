using System.Text.Json.Nodes;
using Stedi.DevStack.Aws.Athena.Engine;
using Stedi.DevStack.Aws.Athena.Errors;
using Stedi.DevStack.Aws.Athena.Statements;
using Stedi.DevStack.Aws.Glue.Catalog;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Athena.Executions;

/// <summary>Adds, drops and finds partitions for statements.</summary>
internal sealed class TablePartitions(GlueCatalog catalog, PartitionStore partitions, Lake lake)
{
    /// <summary>Adds a partition for each folder, such as <c>dt=1/hour=2/</c>, that has none yet.</summary>
    public void AddFolders(string database, string table, S3Uri target, IReadOnlyList<string> folders)
    {
        if (folders.Count == 0)
        {
            return;
        }

        var keys = new CatalogTable(catalog.Table(database, table)).PartitionKeys;
        foreach (var folder in folders)
        {
            var values = Values(folder, keys);
            if (values is not null && partitions.Find(database, table, values) is null)
            {
                Create(database, table, values, target.Append(folder).ToString());
            }
        }
    }

    public void Add(CatalogTable table, Statement.AddPartitions statement)
    {
        foreach (var partition in statement.Partitions)
        {
            var values = Values(table, partition);
            if (partitions.Find(table.Database, table.Name, values) is null)
            {
                Create(table.Database, table.Name, values, partition.Location ?? table.LocationUri.Append(string.Join('/', table.PartitionKeys.Zip(values, (k, v) => $"{k.Name}={v}")) + "/").ToString());
            }
            else if (!statement.IfNotExists)
            {
                throw new QueryFailedException("AlreadyExistsException: Partition already exists.", AthenaErrorType.Schema);
            }
        }
    }

    public void Drop(CatalogTable table, Statement.DropPartitions statement)
    {
        foreach (var partition in statement.Partitions)
        {
            var values = Values(table, partition);
            if (partitions.Find(table.Database, table.Name, values) is not null)
            {
                partitions.Delete(table.Database, table.Name, values);
            }
            else if (!statement.IfExists)
            {
                throw new QueryFailedException("Partition not found.", AthenaErrorType.Schema);
            }
        }
    }

    /// <summary>MSCK REPAIR TABLE: adds partitions for folders that have none. Returns the folders.</summary>
    public List<string> Repair(CatalogTable table)
    {
        var location = table.LocationUri.AsPrefix();
        var folders = lake.Files(location).Select(f => f.Key[location.Key.Length..]).Select(k => k[..(k.LastIndexOf('/') + 1)]).Distinct().ToList();
        var missing = folders.Where(f => Values(f, table.PartitionKeys) is { } values && partitions.Find(table.Database, table.Name, values) is null).ToList();
        AddFolders(table.Database, table.Name, location, missing);
        return missing;
    }

    public IEnumerable<string> Names(CatalogTable table) => partitions.All(table.Database, table.Name)
        .Select(p => string.Join('/', table.PartitionKeys.Zip(p["Values"]!.AsArray(), (k, v) => $"{k.Name}={v}")));

    private void Create(string database, string table, IReadOnlyList<string> values, string location)
    {
        var storage = catalog.Table(database, table)["StorageDescriptor"]!.DeepClone();
        storage["Location"] = location;
        partitions.Create(database, table, values, new JsonObject { ["Values"] = new JsonArray([.. values.Select(v => (JsonNode)v)]), ["StorageDescriptor"] = storage });
    }

    private static List<string> Values(CatalogTable table, PartitionSpec partition) => [.. table.PartitionKeys.Select(k => partition.Values.GetValueOrDefault(k.Name)
        ?? throw new QueryFailedException($"The partition gives no value for {k.Name}", AthenaErrorType.Schema))];

    private static List<string>? Values(string folder, IReadOnlyList<TableColumn> keys)
    {
        var parts = folder.TrimEnd('/').Split('/').Select(s => s.Split('=', 2)).ToList();
        return parts.Count == keys.Count && parts.Zip(keys).All(p => p.First.Length == 2 && p.First[0] == p.Second.Name) ? [.. parts.Select(p => Uri.UnescapeDataString(p[1]))] : null;
    }
}
