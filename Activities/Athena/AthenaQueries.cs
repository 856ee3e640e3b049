using System.Globalization;
using Amazon.Athena;
using Amazon.Athena.Model;
using Stedi.Temporal.Activities.Lake;
using Stedi.Temporal.Activities.Resilience;

namespace Stedi.Temporal.Activities.Athena;

/// <summary>The lake's queries: what the pipeline needs of Athena, and nothing else.</summary>
public sealed class AthenaQueries(IAmazonAthena athena, LakeOptions options, TimeProvider time)
{
    // Each pause is about a twentieth of the time so far: a query is seen to have ended within that, be it short or long.
    private const double PollGrowth = 1.05;
    private static readonly TimeSpan FirstPoll = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LastPoll = TimeSpan.FromSeconds(1);
    private readonly AwsResiliencePipeline _calls = new("Athena", time);

    /// <summary>Submits a query. The same token finds the same query again, whatever became of it.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="token">32 to 128 characters, one a submission.</param>
    /// <param name="cancellationToken">Stops waiting, not the query.</param>
    /// <returns>Athena's id of the query.</returns>
    /// <exception cref="InvalidRequestException">The token was used for another statement, or the statement is refused at once.</exception>
    public async Task<string> SubmitAsync(string sql, string token, CancellationToken cancellationToken)
    {
        var request = new StartQueryExecutionRequest
        {
            QueryString = sql,
            ClientRequestToken = token,
            WorkGroup = options.WorkGroup,
            QueryExecutionContext = new() { Database = options.WorkDatabase },
            ResultConfiguration = new() { OutputLocation = $"s3://{options.Bucket}/{options.RunResultsPrefix}" },
        };
        var response = await _calls.ExecuteAsync("athena:StartQueryExecution", ct => athena.StartQueryExecutionAsync(request, ct), cancellationToken);
        return response.QueryExecutionId;
    }

    /// <summary>Waits until a query has ended, however it ended.</summary>
    /// <param name="queryId">The query.</param>
    /// <param name="heartbeat">Called at every look, to show that somebody waits.</param>
    /// <param name="cancellationToken">Stops waiting, not the query.</param>
    public async Task<QueryExecution> WaitAsync(string queryId, Action heartbeat, CancellationToken cancellationToken)
    {
        var request = new GetQueryExecutionRequest { QueryExecutionId = queryId };
        for (var pause = FirstPoll; ; pause = pause * PollGrowth < LastPoll ? pause * PollGrowth : LastPoll)
        {
            heartbeat();
            var response = await _calls.ExecuteAsync("athena:GetQueryExecution", ct => athena.GetQueryExecutionAsync(request, ct), cancellationToken);
            if (HasEnded(response.QueryExecution))
            {
                return response.QueryExecution;
            }

            await Task.Delay(pause, time, cancellationToken);
        }
    }

    /// <summary>Stops a query; one that has ended stays as it is.</summary>
    public Task StopAsync(string queryId, CancellationToken cancellationToken) =>
        _calls.ExecuteAsync("athena:StopQueryExecution", ct => athena.StopQueryExecutionAsync(new() { QueryExecutionId = queryId }, ct), cancellationToken);

    /// <summary>Stops every query that has not ended and whose text holds one of the marks: what dead attempts left running.</summary>
    /// <param name="marks">Text that only the queries meant have, such as the name of a run's work tables.</param>
    /// <param name="since">Queries submitted before are not looked at.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    /// <returns>How many were stopped.</returns>
    /// <exception cref="IOException">Athena did not tell of all; a retry goes on.</exception>
    public async Task<int> StopUnfinishedAsync(IReadOnlyCollection<string> marks, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var stopped = 0;
        var request = new ListQueryExecutionsRequest { WorkGroup = options.WorkGroup, MaxResults = 50 };
        while (true)
        {
            var page = await _calls.ExecuteAsync("athena:ListQueryExecutions", ct => athena.ListQueryExecutionsAsync(request, ct), cancellationToken);
            var recent = (await DescribeAsync(page.QueryExecutionIds ?? [], cancellationToken))
                .Where(query => query.Status.SubmissionDateTime is not { } at || at.ToUniversalTime() >= since.UtcDateTime)
                .ToList();
            foreach (var query in recent.Where(query => !HasEnded(query) && marks.Any(query.Query.Contains)))
            {
                await StopAsync(query.QueryExecutionId, cancellationToken);
                stopped++;
            }

            // The newest come first.
            if (recent.Count == 0 || string.IsNullOrEmpty(page.NextToken))
            {
                return stopped;
            }

            request.NextToken = page.NextToken;
        }
    }

    /// <summary>The rows of a query that succeeded, less the header; NULL is null.</summary>
    public async Task<IReadOnlyList<QueryRow>> ReadAsync(string queryId, CancellationToken cancellationToken)
    {
        var rows = new List<QueryRow>();
        var request = new GetQueryResultsRequest { QueryExecutionId = queryId, MaxResults = 1000 };
        string[]? header = null;
        do
        {
            var page = await _calls.ExecuteAsync("athena:GetQueryResults", ct => athena.GetQueryResultsAsync(request, ct), cancellationToken);
            foreach (var row in page.ResultSet.Rows ?? [])
            {
                string?[] cells = [.. (row.Data ?? []).Select(datum => datum.VarCharValue)];
                if (header is null)
                {
                    header = cells!;
                }
                else
                {
                    rows.Add(new(header, cells));
                }
            }

            request.NextToken = page.NextToken;
        }
        while (!string.IsNullOrEmpty(request.NextToken));

        return rows;
    }

    private async Task<IReadOnlyList<QueryExecution>> DescribeAsync(List<string> queryIds, CancellationToken cancellationToken)
    {
        if (queryIds.Count == 0)
        {
            return [];
        }

        var request = new BatchGetQueryExecutionRequest { QueryExecutionIds = queryIds };
        var response = await _calls.ExecuteAsync("athena:BatchGetQueryExecution", ct => athena.BatchGetQueryExecutionAsync(request, ct), cancellationToken);
        return response.UnprocessedQueryExecutionIds is { Count: > 0 } untold
            ? throw new IOException($"Athena did not tell of {untold.Count} of {queryIds.Count} queries ({untold[0].ErrorCode}).")
            : response.QueryExecutions ?? [];
    }

    // A running query may be queued again by Athena: only these three are final.
    private static bool HasEnded(QueryExecution query) =>
        query.Status.State == QueryExecutionState.SUCCEEDED || query.Status.State == QueryExecutionState.FAILED || query.Status.State == QueryExecutionState.CANCELLED;
}

/// <summary>One row of a query's result, as Athena hands it out: text, or null for NULL.</summary>
public sealed class QueryRow(IReadOnlyList<string> columns, IReadOnlyList<string?> cells)
{
    /// <summary>A column's text.</summary>
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

    /// <summary>A column's count; NULL, as <c>sum</c> gives it over no rows, is 0.</summary>
    public long Count(string column) =>
        this[column] is { } text ? long.Parse(text, NumberStyles.Integer, CultureInfo.InvariantCulture) : 0;
}
