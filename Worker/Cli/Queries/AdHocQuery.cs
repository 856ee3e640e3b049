using Amazon.Athena;
using Amazon.Athena.Model;
using Stedi.Temporal.Activities.Athena;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Worker.Hosting;

namespace Stedi.Temporal.Worker.Cli.Queries;

/// <summary>Runs a query of the user. Cancellation stops the query in Athena.</summary>
public sealed class AdHocQuery(IAmazonAthena athena, LakeOptions lake, TimeProvider time)
{
    private readonly AthenaQueries _queries = new(athena, lake, time);

    /// <summary>Runs a query and waits for its end.</summary>
    /// <exception cref="CommandException">Athena rejects the query, or it fails.</exception>
    public async Task<QueryResult> RunAsync(string sql, CancellationToken cancellationToken)
    {
        var id = await SubmitAsync(sql, cancellationToken);
        try
        {
            var ended = await _queries.WaitAsync(id, cancellationToken);
            if (ended.Status.State != QueryExecutionState.SUCCEEDED)
            {
                throw Failed(ended.Status.StateChangeReason ?? $"It ended as {ended.Status.State}.");
            }

            var pages = _queries.ReadPagesAsync(id, cancellationToken).GetAsyncEnumerator(cancellationToken);
            await pages.MoveNextAsync();
            QueryColumn[] columns = [.. pages.Current.Columns.Select(column => new QueryColumn(column.Name, column.Type.ToLowerInvariant()))];
            var statistics = ended.Statistics;
            return new(columns, ReadRowsAsync(pages, columns), statistics?.DataScannedInBytes ?? 0, (statistics?.TotalExecutionTimeInMillis ?? 0) / 1000.0);
        }
        catch (OperationCanceledException)
        {
            // Otherwise the query would continue, and cost, without a reader.
            await _queries.StopAsync(id, CancellationToken.None);
            throw;
        }
    }

    private async Task<string> SubmitAsync(string sql, CancellationToken cancellationToken)
    {
        try
        {
            return await _queries.SubmitAsync(sql, Guid.NewGuid().ToString(), lake.Database, lake.ResultsPrefix, cancellationToken);
        }
        catch (InvalidRequestException e)
        {
            throw Failed(e.Message);
        }
    }

    private static CommandException Failed(string reason) =>
        new($"Athena did not run the query. {reason}", "`stedi tables` lists the tables; `stedi sql \"describe customer_trusted\"` lists a table's columns.");

    // The first row of a SELECT repeats the column names; that of SHOW or DESCRIBE does not.
    private static async IAsyncEnumerable<IReadOnlyList<string?>> ReadRowsAsync(IAsyncEnumerator<QueryPage> pages, IReadOnlyList<QueryColumn> columns)
    {
        await using (pages)
        {
            var isFirst = true;
            do
            {
                foreach (var cells in pages.Current.Rows)
                {
                    if (!isFirst || !cells.SequenceEqual(columns.Select(column => column.Name)))
                    {
                        yield return cells;
                    }

                    isFirst = false;
                }
            }
            while (await pages.MoveNextAsync());
        }
    }
}

/// <summary>The result of a query. Its rows are read page by page and can be enumerated once.</summary>
/// <param name="Columns">The columns, in order.</param>
/// <param name="Rows">Cells as Athena's text, null for NULL.</param>
/// <param name="BytesScanned">The bytes that Athena charges for.</param>
/// <param name="Seconds">The execution time that Athena reports.</param>
public sealed record QueryResult(
    IReadOnlyList<QueryColumn> Columns, IAsyncEnumerable<IReadOnlyList<string?>> Rows, long BytesScanned, double Seconds);

/// <summary>A column of a query's result.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Athena's type, in lower case.</param>
public sealed record QueryColumn(string Name, string Type)
{
    /// <summary>Whether its values are numbers.</summary>
    public bool IsNumber => IsInteger || Type is "double" or "float" or "real" || Type.StartsWith("decimal", StringComparison.Ordinal);

    /// <summary>Whether its values are whole numbers.</summary>
    public bool IsInteger => Type is "tinyint" or "smallint" or "int" or "integer" or "bigint";
}
