using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Workflows.Contracts;
using Temporalio.Activities;

namespace Stedi.Temporal.Activities.Athena;

/// <summary>Builds a work table: writes a query's rows, registers the table, and counts its rows.</summary>
public sealed class TableBuilder(DurableQueryRunner queries, LakeCatalog catalog, LakeObjects objects, LakeOptions options, TimeProvider time)
{
    /// <summary>Builds one of the five tables from its <c>.sql</c> file.</summary>
    /// <param name="folder">The file's folder.</param>
    /// <param name="table">The table's and the file's name.</param>
    /// <param name="input">The step's input.</param>
    public Task<BuiltTable> BuildAsync(string folder, string table, BuildInput input)
    {
        var contract = LakeContract.Table(table);
        var select = SqlTemplate.Render($"{folder}/{table}.sql", SqlNames.For(input.Run, input.Inputs, options));
        return WriteAsync(input.Run, input.StepId, contract.Name, contract.Zone, contract.WorkColumns, select);
    }

    /// <summary>Builds a table of any columns from any query.</summary>
    /// <param name="run">The run.</param>
    /// <param name="stepId">The step's GUID.</param>
    /// <param name="table">The table's name.</param>
    /// <param name="zone">The first part of its location.</param>
    /// <param name="columns">Its columns, in the order in which the query selects them.</param>
    /// <param name="select">The query.</param>
    /// <param name="count">Counts the rows of the work table, given the table's name and its qualified name; null for <c>count(*)</c>.</param>
    public async Task<BuiltTable> WriteAsync(
        RunContext run, Guid stepId, string table, string zone, IReadOnlyList<LakeColumn> columns, string select, Func<string, string, Task<long>>? count = null)
    {
        var started = time.GetTimestamp();
        var cancellationToken = ActivityExecutionContext.Current.CancellationToken;
        var unload = await queries.UnloadAsync(table, stepId, objects.Uri($"{zone}/{table}/run={run.Id}/"), select);
        var workTable = SqlNames.WorkTable(table, run);
        var listing = objects.ListAsync(objects.Key(unload.Location), cancellationToken);
        var counting = RegisterAndCountAsync();
        await Task.WhenAll(listing, counting);
        var files = await listing;
        return new()
        {
            Table = table,
            WorkTable = workTable,
            Location = unload.Location,
            Rows = await counting,
            Files = files.Count,
            Bytes = files.Sum(file => file.Bytes),
            Seconds = time.GetElapsedTime(started).TotalSeconds,
            BytesScanned = unload.Execution.Statistics?.DataScannedInBytes ?? 0,
            QueryId = unload.Execution.QueryExecutionId,
        };

        async Task<long> RegisterAndCountAsync()
        {
            await catalog.RegisterAsync(options.WorkDatabase, TableDefinitions.Parquet(workTable, columns, unload.Location), cancellationToken);
            return await (count ?? CountAsync)(table, SqlNames.Qualified(options.WorkDatabase, workTable));
        }
    }

    private async Task<long> CountAsync(string table, string qualified)
    {
        var rows = await queries.SelectAsync($"counting {table}", $"SELECT count(*) AS n FROM {qualified}", minRows: 1);
        return rows[0].Count("n");
    }
}
