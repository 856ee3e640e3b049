using Stedi.DevStack.Aws.Athena.Engine;
using Stedi.DevStack.Aws.Athena.Errors;
using Stedi.DevStack.Aws.Athena.Statements;

namespace Stedi.DevStack.Aws.Athena.Executions;

/// <summary>CREATE TABLE AS: writes files to an empty location, then creates the table over them.</summary>
internal sealed class CreateTableAsExecution(QueryPreparation preparation, FileOutput output, ManifestFile manifests, AuthorizedCatalog catalog, TablePartitions partitions)
{
    private static readonly HashSet<string> Known = ["format", "external_location", "write_compression", "parquet_compression", "field_delimiter", "table_type", "is_external"];

    public async Task<QueryOutcome> RunAsync(QueryRun run, Statement.CreateTableAs statement)
    {
        Check(statement);
        var database = AuthorizedCatalog.Database(run, statement.Table);
        catalog.RequireChange(run, statement.Table);
        if (catalog.Exists(run, statement.Table))
        {
            return statement.IfNotExists ? QueryOutcome.Empty
                : throw new QueryFailedException($"TABLE_ALREADY_EXISTS: line 1:1: Destination table 'awsdatacatalog.{database}.{statement.Table.Name}' already exists", AthenaErrorType.Schema);
        }
        var format = OutputFormat.Of(statement.Properties.GetValueOrDefault("format", "PARQUET"),
            statement.Properties.GetValueOrDefault("write_compression") ?? statement.Properties.GetValueOrDefault("parquet_compression"), statement.Properties.GetValueOrDefault("field_delimiter", "\u0001"));
        var target = output.EmptyTarget(run.Request, statement.Properties.GetValueOrDefault("external_location") ?? run.Request.Output.Append($"tables/{run.Request.Id}/").ToString());
        var prepared = await preparation.PrepareAsync(run, statement.Query);
        var columns = prepared.Columns.Select(c => new TableColumn(c.Name.ToLowerInvariant(), HiveType.FromDuckDb(c.Type))).ToList();
        var keys = PartitionKeys(columns, statement.PartitionedBy);
        var select = TypedSelect.Of(prepared) + (statement.WithData ? "" : " WHERE false");
        var written = output.Write(run, prepared, select, format, statement.PartitionedBy, target);
        catalog.Glue.CreateTable(database, statement.Table.Name, TableDocument.Of(statement.Table.Name, columns.Except(keys), keys, target.ToString(), format));
        partitions.AddFolders(database, statement.Table.Name, target, written.Folders);
        return new QueryOutcome([], null, written.Rows, prepared.BytesScanned, manifests.Write(run, written.Files));
    }

    private static void Check(Statement.CreateTableAs statement)
    {
        if (statement.Properties.Keys.FirstOrDefault(k => !Known.Contains(k)) is { } unknown)
        {
            throw new QueryFailedException($"INVALID_TABLE_PROPERTY: Table property '{unknown}' is not supported by the local engine", AthenaErrorType.InvalidProperty);
        }

        if (statement.Properties.TryGetValue("table_type", out var type) && !type.Equals("HIVE", StringComparison.OrdinalIgnoreCase))
        {
            throw QueryFailedException.NotSupported($"table_type {type}");
        }
    }

    private static List<TableColumn> PartitionKeys(List<TableColumn> columns, IReadOnlyList<string> names)
    {
        var last = columns.TakeLast(names.Count).ToList();
        return last.Select(c => c.Name).SequenceEqual(names) ? last
            : throw new QueryFailedException($"HIVE_COLUMN_ORDER_MISMATCH: Partition keys must be the last columns in the table and in the same order as the table properties: [{string.Join(", ", names)}]", AthenaErrorType.Schema);
    }
}
