using Stedi.DevStack.Aws.Protocol;

namespace Stedi.DevStack.Aws.Glue;

/// <summary>Maps the supported Glue operations to their handlers.</summary>
internal static class GlueEndpoint
{
    public static AwsJsonEndpoint Create(DatabaseOperations databases, TableOperations tables, PartitionOperations partitions, CrawlerOperations crawlers)
    {
        Dictionary<string, Func<JsonCall, System.Text.Json.Nodes.JsonObject>> operations = new()
        {
            ["CreateDatabase"] = databases.Create,
            ["UpdateDatabase"] = databases.Update,
            ["GetDatabase"] = databases.Get,
            ["GetDatabases"] = databases.GetAll,
            ["DeleteDatabase"] = databases.Delete,
            ["CreateTable"] = tables.Create,
            ["GetTable"] = tables.Get,
            ["GetTables"] = tables.GetAll,
            ["UpdateTable"] = tables.Update,
            ["DeleteTable"] = tables.Delete,
            ["BatchDeleteTable"] = tables.BatchDelete,
            ["GetTableVersion"] = tables.GetVersion,
            ["GetTableVersions"] = tables.GetVersions,
            ["BatchDeleteTableVersion"] = tables.BatchDeleteVersions,
            ["GetPartition"] = partitions.Get,
            ["GetPartitions"] = partitions.GetAll,
            ["CreatePartition"] = partitions.Create,
            ["BatchCreatePartition"] = partitions.BatchCreate,
            ["DeletePartition"] = partitions.Delete,
            ["BatchDeletePartition"] = partitions.BatchDelete,
            ["CreateCrawler"] = crawlers.Create,
            ["UpdateCrawler"] = crawlers.Update,
            ["GetCrawlers"] = crawlers.GetAll,
            ["ListCrawlers"] = crawlers.List,
            ["DeleteCrawler"] = crawlers.Delete,
            ["StartCrawler"] = crawlers.Start,
            ["StopCrawler"] = crawlers.Stop,
        };
        return AwsJsonEndpoint.Create(operations, new() { ["GetCrawler"] = crawlers.GetAsync }, "InvalidInputException");
    }
}

/// <summary>Refuses changes of restricted databases and protected tables, which only privileged callers may make.</summary>
internal sealed class CatalogAccess(AccessPolicy policy)
{
    public void RequireWrite(JsonCall call, string database)
    {
        if (!policy.MayUseDatabase(call.Principal, database))
        {
            throw new AwsException("AccessDeniedException", $"Insufficient permission(s): database {database} is restricted.");
        }
    }

    public void RequireWrite(JsonCall call, string database, string table)
    {
        RequireWrite(call, database);
        if (!policy.MayChangeTable(call.Principal, database, table))
        {
            throw Protected($"{database}.{table}");
        }
    }

    public void RequireDatabaseChange(JsonCall call, string database)
    {
        RequireWrite(call, database);
        if (!policy.MayChangeDatabase(call.Principal, database))
        {
            throw Protected($"database {database}");
        }
    }

    private static AwsException Protected(string what) =>
        new("AccessDeniedException", $"Insufficient permission(s): {what} is protected. Published tables and those of runs are changed by the pipeline only.");
}
