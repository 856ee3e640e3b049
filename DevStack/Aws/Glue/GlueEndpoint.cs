using Stedi.DevStack.Aws.Http;

namespace Stedi.DevStack.Aws.Glue;

/// <summary>The operations of Glue this endpoint has, by name.</summary>
internal static class GlueEndpoint
{
    public static JsonService Create(DatabaseOperations databases, TableOperations tables, PartitionOperations partitions, CrawlerOperations crawlers)
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
            ["GetCrawler"] = crawlers.Get,
            ["GetCrawlers"] = crawlers.GetAll,
            ["ListCrawlers"] = crawlers.List,
            ["DeleteCrawler"] = crawlers.Delete,
            ["StartCrawler"] = crawlers.Start,
            ["StopCrawler"] = crawlers.Stop,
        };
        return new JsonService(operations.ToDictionary(o => o.Key, o => (JsonOperation)(call => new(o.Value(call)))), "InvalidInputException");
    }
}
