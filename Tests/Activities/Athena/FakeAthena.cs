using Amazon.Athena;
using Amazon.Athena.Model;

namespace Stedi.Temporal.Activities.Tests.Athena;

/// <summary>An Athena with scripted query states; a token that is sent again returns the same query.</summary>
internal sealed class FakeAthena(params IEnumerable<QueryExecutionState> ends) : AmazonAthenaClient(LocalLakes.Credentials, new AmazonAthenaConfig { ServiceURL = "http://127.0.0.1:1" }), IAmazonAthena
{
    private readonly Queue<QueryExecutionState> _ends = new(ends);
    private readonly Dictionary<string, QueryExecutionState> _queries = [];

    /// <summary>The tokens of all submissions, in order.</summary>
    public List<string> Tokens { get; } = [];

    public List<string> Stopped { get; } = [];

    /// <summary>The queries that are listed.</summary>
    public List<QueryExecution> Listed { get; } = [];

    /// <summary>Why queries that do not succeed end.</summary>
    public string Reason { get; init; } = "GENERIC_INTERNAL_ERROR: a fault";

    /// <summary>How many rows results have.</summary>
    public int Rows { get; init; } = 1;

    /// <summary>A token that belongs to another statement.</summary>
    public string? RefusedToken { get; set; }

    Task<StartQueryExecutionResponse> IAmazonAthena.StartQueryExecutionAsync(StartQueryExecutionRequest request, CancellationToken cancellationToken)
    {
        var token = request.ClientRequestToken;
        Tokens.Add(token);
        if (token == RefusedToken)
        {
            throw new InvalidRequestException("Idempotent parameters do not match", null, Amazon.Runtime.ErrorType.Sender, "InvalidRequestException", "r", System.Net.HttpStatusCode.BadRequest);
        }

        if (!_queries.ContainsKey(token))
        {
            _queries[token] = _ends.Dequeue();
        }

        return Task.FromResult(new StartQueryExecutionResponse { QueryExecutionId = token });
    }

    Task<GetQueryExecutionResponse> IAmazonAthena.GetQueryExecutionAsync(GetQueryExecutionRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(new GetQueryExecutionResponse
        {
            QueryExecution = new()
            {
                QueryExecutionId = request.QueryExecutionId,
                Status = new() { State = _queries[request.QueryExecutionId], StateChangeReason = Reason, AthenaError = new() { ErrorCategory = 1 } },
            },
        });

    Task<ListQueryExecutionsResponse> IAmazonAthena.ListQueryExecutionsAsync(ListQueryExecutionsRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(new ListQueryExecutionsResponse { QueryExecutionIds = [.. Listed.Select(query => query.QueryExecutionId)] });

    Task<BatchGetQueryExecutionResponse> IAmazonAthena.BatchGetQueryExecutionAsync(BatchGetQueryExecutionRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(new BatchGetQueryExecutionResponse { QueryExecutions = [.. Listed.Where(query => request.QueryExecutionIds.Contains(query.QueryExecutionId))] });

    Task<StopQueryExecutionResponse> IAmazonAthena.StopQueryExecutionAsync(StopQueryExecutionRequest request, CancellationToken cancellationToken)
    {
        Stopped.Add(request.QueryExecutionId);
        return Task.FromResult(new StopQueryExecutionResponse());
    }

    Task<GetQueryResultsResponse> IAmazonAthena.GetQueryResultsAsync(GetQueryResultsRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(new GetQueryResultsResponse
        {
            ResultSet = new() { Rows = [new() { Data = [new() { VarCharValue = "n" }] }, .. Enumerable.Repeat(new Row { Data = [new() { VarCharValue = "7" }] }, Rows)] },
        });
}
