using Stedi.DevStack.Aws.Protocol;

namespace Stedi.DevStack.Aws.Athena;

/// <summary>Maps the supported Athena operations to their handlers.</summary>
internal static class AthenaEndpoint
{
    public static AwsJsonEndpoint Create(QueryOperations queries, ResultOperations results, WorkGroupOperations groups, MetadataOperations metadata, PreparedStatementOperations prepared)
    {
        Dictionary<string, Func<JsonCall, System.Text.Json.Nodes.JsonObject>> operations = new()
        {
            ["StartQueryExecution"] = queries.Start,
            ["BatchGetQueryExecution"] = queries.BatchGet,
            ["StopQueryExecution"] = queries.Stop,
            ["ListQueryExecutions"] = queries.List,
            ["GetQueryResults"] = results.Get,
            ["GetWorkGroup"] = groups.Get,
            ["ListWorkGroups"] = groups.List,
            ["CreateWorkGroup"] = groups.Create,
            ["UpdateWorkGroup"] = groups.Update,
            ["DeleteWorkGroup"] = groups.Delete,
            ["CreatePreparedStatement"] = prepared.Create,
            ["UpdatePreparedStatement"] = prepared.Update,
            ["GetPreparedStatement"] = prepared.Get,
            ["ListPreparedStatements"] = prepared.List,
            ["DeletePreparedStatement"] = prepared.Delete,
            ["GetTableMetadata"] = metadata.GetTable,
            ["ListTableMetadata"] = metadata.ListTables,
            ["GetDatabase"] = metadata.GetDatabase,
            ["ListDatabases"] = metadata.ListDatabases,
            ["GetDataCatalog"] = MetadataOperations.GetCatalog,
            ["ListDataCatalogs"] = MetadataOperations.ListCatalogs,
        };
        return AwsJsonEndpoint.Create(operations, new() { ["GetQueryExecution"] = queries.GetAsync }, "InvalidRequestException");
    }
}
