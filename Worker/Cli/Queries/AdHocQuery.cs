using System.Runtime.CompilerServices;
using Amazon.Athena;
using Amazon.Athena.Model;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Activities.Resilience;
using Stedi.Temporal.Worker.Hosting;

namespace Stedi.Temporal.Worker.Cli.Queries;

/// <summary>A person's own query over the published tables. Cancelling it stops it at Athena.</summary>
public sealed class AdHocQuery(IAmazonAthena athena, LakeOptions lake, TimeProvider time)
{
    private static readonly TimeSpan FirstPoll = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LastPoll = TimeSpan.FromSeconds(1);

    private readonly AwsResiliencePipeline _calls = new("Athena", time);

    /// <summary>Runs a query to its end.</summary>
    /// <exception cref="CommandException">Athena refuses it, or it fails.</exception>
    public async Task<QueryResult> RunAsync(string sql, CancellationToken cancellationToken)
    {
        var id = await SubmitAsync(sql, cancellationToken);
        try
        {
            var ended = await WaitAsync(id, cancellationToken);
            if (ended.Status.State != QueryExecutionState.SUCCEEDED)
            {
                throw Failed(ended.Status.StateChangeReason ?? $"It ended as {ended.Status.State}.");
            }

            var rows = new ResultPages(athena, _calls, id);
            var columns = await rows.ReadColumnsAsync(cancellationToken);
            var statistics = ended.Statistics;
            return new(columns, rows.ReadAsync(cancellationToken), statistics?.DataScannedInBytes ?? 0, (statistics?.TotalExecutionTimeInMillis ?? 0) / 1000.0);
        }
        catch (OperationCanceledException)
        {
            // Nobody waits for it any more, and it would go on costing.
            await athena.StopQueryExecutionAsync(new() { QueryExecutionId = id }, CancellationToken.None);
            throw;
        }
    }

    private async Task<string> SubmitAsync(string sql, CancellationToken cancellationToken)
    {
        var request = new StartQueryExecutionRequest
        {
            QueryString = sql,
            ClientRequestToken = Guid.NewGuid().ToString(),
            WorkGroup = lake.WorkGroup,
            QueryExecutionContext = new() { Database = lake.Database },
            ResultConfiguration = new() { OutputLocation = $"s3://{lake.Bucket}/{lake.ResultsPrefix}" },
        };
        try
        {
            var response = await _calls.ExecuteAsync("athena:StartQueryExecution", token => athena.StartQueryExecutionAsync(request, token), cancellationToken);
            return response.QueryExecutionId;
        }
        catch (InvalidRequestException e)
        {
            throw Failed(e.Message);
        }
    }

    private async Task<QueryExecution> WaitAsync(string id, CancellationToken cancellationToken)
    {
        var request = new GetQueryExecutionRequest { QueryExecutionId = id };
        for (var pause = FirstPoll; ; pause = pause * 1.5 < LastPoll ? pause * 1.5 : LastPoll)
        {
            var response = await _calls.ExecuteAsync("athena:GetQueryExecution", token => athena.GetQueryExecutionAsync(request, token), cancellationToken);
            var state = response.QueryExecution.Status.State;
            if (state == QueryExecutionState.SUCCEEDED || state == QueryExecutionState.FAILED || state == QueryExecutionState.CANCELLED)
            {
                return response.QueryExecution;
            }

            await Task.Delay(pause, time, cancellationToken);
        }
    }

    private static CommandException Failed(string reason) =>
        new($"Athena did not run the query. {reason}", "`stedi tables` lists the tables; `stedi sql \"describe customer_trusted\"` lists a table's columns.");

    /// <summary>The pages of one result. The first row of a SELECT repeats the column names; that of SHOW or DESCRIBE does not.</summary>
    private sealed class ResultPages(IAmazonAthena athena, AwsResiliencePipeline calls, string id)
    {
        private readonly GetQueryResultsRequest _request = new() { QueryExecutionId = id, MaxResults = 1000 };
        private IReadOnlyList<QueryColumn> _columns = [];
        private GetQueryResultsResponse? _first;

        public async Task<IReadOnlyList<QueryColumn>> ReadColumnsAsync(CancellationToken cancellationToken)
        {
            _first = await NextAsync(cancellationToken);
            _columns = [.. (_first.ResultSet.ResultSetMetadata?.ColumnInfo ?? []).Select(column => new QueryColumn(column.Name, column.Type.ToLowerInvariant()))];
            return _columns;
        }

        public async IAsyncEnumerable<IReadOnlyList<string?>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var page = _first ?? await NextAsync(cancellationToken);
            var isHeader = true;
            while (true)
            {
                foreach (var row in page.ResultSet.Rows ?? [])
                {
                    string?[] cells = [.. (row.Data ?? []).Select(datum => datum.VarCharValue)];
                    if (!isHeader || !cells.SequenceEqual(_columns.Select(column => column.Name)))
                    {
                        yield return cells;
                    }

                    isHeader = false;
                }

                if (string.IsNullOrEmpty(page.NextToken))
                {
                    yield break;
                }

                _request.NextToken = page.NextToken;
                page = await NextAsync(cancellationToken);
            }
        }

        private Task<GetQueryResultsResponse> NextAsync(CancellationToken cancellationToken) =>
            calls.ExecuteAsync("athena:GetQueryResults", token => athena.GetQueryResultsAsync(_request, token), cancellationToken);
    }
}

/// <summary>What a query found: its rows come page by page, once.</summary>
/// <param name="Columns">The columns, in order.</param>
/// <param name="Rows">Cells as Athena's text, null for NULL.</param>
/// <param name="BytesScanned">What Athena says it read, which is what it charges for.</param>
/// <param name="Seconds">The time Athena says it took.</param>
public sealed record QueryResult(
    IReadOnlyList<QueryColumn> Columns, IAsyncEnumerable<IReadOnlyList<string?>> Rows, long BytesScanned, double Seconds);

/// <summary>A column of a query's result.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Athena's type, in lower case.</param>
public sealed record QueryColumn(string Name, string Type)
{
    /// <summary>Whether its values are numbers, which line up at the right.</summary>
    public bool IsNumber => IsInteger || Type is "double" or "float" or "real" || Type.StartsWith("decimal", StringComparison.Ordinal);

    /// <summary>Whether its values are whole numbers.</summary>
    public bool IsInteger => Type is "tinyint" or "smallint" or "int" or "integer" or "bigint";
}
