using Stedi.DevStack.Aws.Athena.Engine;
using Stedi.DevStack.Aws.Athena.Errors;
using Stedi.DevStack.Aws.Athena.Statements;
using Stedi.DevStack.Aws.Athena.Translation;

namespace Stedi.DevStack.Aws.Athena.Executions;

/// <summary>INSERT INTO: adds files to the table's location.</summary>
internal sealed class InsertExecution(QueryPreparation preparation, FileOutput output, ManifestFile manifests, AuthorizedCatalog catalog, TablePartitions partitions)
{
    public async Task<QueryOutcome> RunAsync(QueryRun run, Statement.Insert statement)
    {
        var table = catalog.TableToChange(run, statement.Table);
        var format = Format(table);
        var target = output.Target(run.Request, table.LocationUri.ToString());
        var prepared = await preparation.PrepareAsync(run, statement.Query);
        var keys = table.PartitionKeys.Select(k => k.Name).ToList();
        var written = output.Write(run, prepared, Select(prepared, table, statement.Columns), format, keys, target);
        partitions.AddFolders(table.Database, table.Name, target, written.Folders);
        return new QueryOutcome([], null, written.Rows, prepared.BytesScanned, manifests.Write(run, written.Files));
    }

    private static OutputFormat Format(CatalogTable table) => table.Serde.Split('.')[^1] switch
    {
        _ when table.IsView => throw QueryFailedException.NotSupported($"INSERT into the view {table.Name}"),
        "ParquetHiveSerDe" => OutputFormat.Of("PARQUET", "GZIP"),
        "LazySimpleSerDe" => OutputFormat.Of("TEXTFILE", "GZIP", table.SerdeParameters.GetValueOrDefault("field.delim", "\u0001")),
        "JsonSerDe" when table.Serde.Contains("hcatalog", StringComparison.Ordinal) => OutputFormat.Of("JSON", "GZIP"),
        _ => throw QueryFailedException.NotSupported($"INSERT into a table with the SerDe '{table.Serde}'"),
    };

    // Values are assigned to columns by position and cast to the table's types.
    private static string Select(PreparedQuery prepared, CatalogTable table, IReadOnlyList<string> named)
    {
        List<TableColumn> all = [.. table.Columns, .. table.PartitionKeys];
        var targets = named.Count == 0 ? all.Select(c => c.Name).ToList() : [.. named];
        if (targets.Count != prepared.Columns.Count || targets.Except(all.Select(c => c.Name)).Any())
        {
            throw new QueryFailedException($"TYPE_MISMATCH: Insert query has mismatched column types: Table has {targets.Count} columns, query {prepared.Columns.Count}", AthenaErrorType.Schema);
        }

        var values = all.Select(c => targets.Contains(c.Name) ? $"CAST({SqlText.Identifier(c.Name)} AS {c.DuckDbType}) AS {SqlText.Identifier(c.Name)}" : $"CAST(NULL AS {c.DuckDbType}) AS {SqlText.Identifier(c.Name)}");
        return $"SELECT {string.Join(", ", values)} FROM ({prepared.Sql}) AS inserted({string.Join(", ", targets.Select(SqlText.Identifier))})";
    }
}
