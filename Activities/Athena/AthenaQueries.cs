using System.Globalization;
using System.Runtime.CompilerServices;
using Amazon.Athena;
using Amazon.Athena.Model;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Activities.Resilience;

namespace Stedi.Temporal.Activities.Athena;

/// <summary>Runs queries in the lake's Athena work group: submits them, waits for them, stops them and reads their results.</summary>
public sealed class AthenaQueries(IAmazonAthena athena, LakeOptions options, TimeProvider time)
{
    /// <summary>How calls are made: with retries and classified errors, unless set otherwise.</summary>
    public AwsResiliencePipeline Calls { get; init; } = new("Athena", time);

    /// <summary>Submits a query of the pipeline. A token that was used before returns the query that it was used for.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="token">The idempotency token, of 32 to 128 characters.</param>
    /// <param name="cancellationToken">Stops waiting, not the query.</param>
    /// <returns>Athena's id of the query.</returns>
    /// <exception cref="InvalidRequestException">The token was used for another statement, or Athena rejects the statement.</exception>
    public Task<string> SubmitAsync(string sql, string token, CancellationToken cancellationToken) =>
        SubmitAsync(sql, token, options.WorkDatabase, options.RunResultsPrefix, cancellationToken);

    /// <summary>Submits a query. A token that was used before returns the query that it was used for.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="token">The idempotency token, of 32 to 128 characters.</param>
    /// <param name="database">The database of unqualified table names, or null for none.</param>
    /// <param name="resultsPrefix">The prefix in the lake's bucket that Athena writes the result to.</param>
    /// <param name="cancellationToken">Stops waiting, not the query.</param>
    /// <returns>Athena's id of the query.</returns>
    /// <exception cref="InvalidRequestException">The token was used for another statement, or Athena rejects the statement.</exception>
    public async Task<string> SubmitAsync(string sql, string token, string? database, string resultsPrefix, CancellationToken cancellationToken)
    {
        var request = new StartQueryExecutionRequest
        {
            QueryString = sql,
            ClientRequestToken = token,
            WorkGroup = options.WorkGroup,
            QueryExecutionContext = database is null ? null : new() { Database = database },
            ResultConfiguration = new() { OutputLocation = $"s3://{options.Bucket}/{resultsPrefix}" },
        };
        var response = await Calls.ExecuteAsync("athena:StartQueryExecution", ct => athena.StartQueryExecutionAsync(request, ct), cancellationToken);
        return response.QueryExecutionId;
    }

    /// <summary>Waits until a query has ended, however it ended.</summary>
    /// <param name="queryId">The query.</param>
    /// <param name="cancellationToken">Stops waiting, not the query.</param>
    public Task<QueryExecution> WaitAsync(string queryId, CancellationToken cancellationToken)
    {
        var request = new GetQueryExecutionRequest { QueryExecutionId = queryId };
        return Polling.UntilAsync(GetAsync, HasEnded, options.Polling, time, cancellationToken);

        async Task<QueryExecution> GetAsync(CancellationToken token) =>
            (await Calls.ExecuteAsync("athena:GetQueryExecution", ct => athena.GetQueryExecutionAsync(request, ct), token)).QueryExecution;
    }

    /// <summary>Stops a query. Does nothing if it has ended.</summary>
    public Task StopAsync(string queryId, CancellationToken cancellationToken) =>
        Calls.ExecuteAsync("athena:StopQueryExecution", ct => athena.StopQueryExecutionAsync(new() { QueryExecutionId = queryId }, ct), cancellationToken);

    /// <summary>Stops the running queries that crashed attempts left behind.</summary>
    /// <param name="marks">Queries are stopped if their text contains one of these, such as the suffix of a run's work tables.</param>
    /// <param name="since">Queries submitted earlier are left alone.</param>
    /// <param name="cancellationToken">Stops searching.</param>
    /// <returns>The number of queries stopped.</returns>
    /// <exception cref="IOException">Athena did not describe all queries. The call can be retried.</exception>
    public async Task<int> StopUnfinishedAsync(IReadOnlyCollection<string> marks, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var stopped = 0;
        var request = new ListQueryExecutionsRequest { WorkGroup = options.WorkGroup, MaxResults = 50 };
        while (true)
        {
            var page = await Calls.ExecuteAsync("athena:ListQueryExecutions", ct => athena.ListQueryExecutionsAsync(request, ct), cancellationToken);
            var recent = (await DescribeAsync(page.QueryExecutionIds ?? [], cancellationToken))
                .Where(query => query.Status.SubmissionDateTime is not { } at || at.ToUniversalTime() >= since.UtcDateTime)
                .ToList();
            foreach (var query in recent.Where(query => !HasEnded(query) && marks.Any(query.Query.Contains)))
            {
                await StopAsync(query.QueryExecutionId, cancellationToken);
                stopped++;
            }

            // Athena lists the newest first.
            if (recent.Count == 0 || string.IsNullOrEmpty(page.NextToken))
            {
                return stopped;
            }

            request.NextToken = page.NextToken;
        }
    }

    /// <summary>Reads the rows of a SELECT that succeeded, without the header row.</summary>
    public async Task<IReadOnlyList<QueryRow>> ReadAsync(string queryId, CancellationToken cancellationToken)
    {
        var rows = new List<QueryRow>();
        string[]? header = null;
        await foreach (var page in ReadPagesAsync(queryId, cancellationToken))
        {
            foreach (var cells in page.Rows)
            {
                if (header is null)
                {
                    header = cells!;
                }
                else
                {
                    rows.Add(new(header, cells));
                }
            }
        }

        return rows;
    }

    /// <summary>Reads the result of a query that succeeded, page by page. The first row of a SELECT repeats the column names.</summary>
    public async IAsyncEnumerable<QueryPage> ReadPagesAsync(string queryId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new GetQueryResultsRequest { QueryExecutionId = queryId, MaxResults = 1000 };
        do
        {
            var page = await Calls.ExecuteAsync("athena:GetQueryResults", ct => athena.GetQueryResultsAsync(request, ct), cancellationToken);
            yield return new(
                page.ResultSet.ResultSetMetadata?.ColumnInfo ?? [],
                [.. (page.ResultSet.Rows ?? []).Select(row => (string?[])[.. (row.Data ?? []).Select(datum => datum.VarCharValue)])]);
            request.NextToken = page.NextToken;
        }
        while (!string.IsNullOrEmpty(request.NextToken));
    }

    private async Task<IReadOnlyList<QueryExecution>> DescribeAsync(List<string> queryIds, CancellationToken cancellationToken)
    {
        if (queryIds.Count == 0)
        {
            return [];
        }

        var request = new BatchGetQueryExecutionRequest { QueryExecutionIds = queryIds };
        var response = await Calls.ExecuteAsync("athena:BatchGetQueryExecution", ct => athena.BatchGetQueryExecutionAsync(request, ct), cancellationToken);
        return response.UnprocessedQueryExecutionIds is { Count: > 0 } unprocessed
            ? throw new IOException($"Athena did not describe {unprocessed.Count} of {queryIds.Count} queries ({unprocessed[0].ErrorCode}).")
            : response.QueryExecutions ?? [];
    }

    // Athena may queue a running query again: only these three states are final.
    private static bool HasEnded(QueryExecution query) =>
        query.Status.State == QueryExecutionState.SUCCEEDED || query.Status.State == QueryExecutionState.FAILED || query.Status.State == QueryExecutionState.CANCELLED;
}

/// <summary>One page of a query's result.</summary>
/// <param name="Columns">The columns of the result.</param>
/// <param name="Rows">The cells of each row: Athena's text, or null for NULL.</param>
public sealed record QueryPage(IReadOnlyList<ColumnInfo> Columns, IReadOnlyList<string?[]> Rows);

/// <summary>One row of a SELECT's result. Values are Athena's text, or null for NULL.</summary>
public sealed class QueryRow(IReadOnlyList<string> columns, IReadOnlyList<string?> cells)
{
    /// <summary>The text in a column.</summary>
    public string? this[string column]
    {
        get
        {
            for (var i = 0; i < columns.Count; i++)
            {
                if (columns[i] == column)
                {
                    return cells[i];
                }
            }

            throw new ArgumentException($"The query has no column {column}.", nameof(column));
        }
    }

    /// <summary>The number in a column. NULL, which <c>sum</c> returns for no rows, counts as 0.</summary>
    public long Count(string column) =>
        this[column] is { } text ? long.Parse(text, NumberStyles.Integer, CultureInfo.InvariantCulture) : 0;
}
