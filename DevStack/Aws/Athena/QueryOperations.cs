using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Stedi.DevStack.Aws.Athena.Errors;
using Stedi.DevStack.Aws.Athena.Executions;
using Stedi.DevStack.Aws.Athena.Statements;
using Stedi.DevStack.Aws.Diagnostics;
using Stedi.DevStack.Aws.Protocol;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Athena;

internal sealed class QueryOperations(QueryStore store, QueryQueue queue, WorkGroups workGroups, AccessPolicy policy, TimeProvider time)
{
    private const int MaxQuery = 262_144;
    private const int MaxBatch = 50;

    private static readonly QueryFailedException Interrupted = new("GENERIC_INTERNAL_ERROR: The process that ran this query ended while it was running. It is not run again unless it is submitted again.", AthenaErrorType.Internal, isRetryable: true);

    public JsonObject Start(JsonCall call)
    {
        var sql = call.Required("QueryString");
        if (Encoding.UTF8.GetByteCount(sql) > MaxQuery)
        {
            throw Malformed($"QueryString must have at most {MaxQuery} bytes.");
        }

        var token = call.Text("ClientRequestToken");
        if (token is { Length: < 32 or > 128 })
        {
            throw call.Invalid("ClientRequestToken must have 32 to 128 characters.");
        }

        var context = call.Object("QueryExecutionContext");
        var database = context is null ? null : call.Within(context).Text("Database")?.ToLowerInvariant();
        var group = call.Text("WorkGroup") ?? WorkGroups.Primary;
        var request = new QueryRequest(Guid.NewGuid().ToString(), sql, database is "" ? null : database, group, workGroups.OutputOf(group, call), call.Texts("ExecutionParameters"), call.Principal);
        var document = QueryDocument.Start(request, Parse(sql), context, time.GetUtcNow());
        var query = new StoredQuery(request.Id, Hash(request), "QUEUED", policy.StoredKeyOf(call.Principal), document);
        if (store.Add(query, group, token) is { } earlier)
        {
            return earlier.RequestHash == query.RequestHash
                ? new() { ["QueryExecutionId"] = earlier.Id }
                : throw call.Invalid("Idempotent parameters do not match: this ClientRequestToken was used for another query.");
        }
        queue.Enqueue(request);
        return new() { ["QueryExecutionId"] = request.Id };
    }

    /// <summary>Returns the query's state, at the latest after <see cref="AwsJsonEndpoint.LongestAnswer"/> while it has not ended.</summary>
    public async ValueTask<JsonObject> GetAsync(JsonCall call)
    {
        var query = Find(call.Required("QueryExecutionId"));
        if (query.State is "QUEUED" or "RUNNING")
        {
            await queue.WaitAsync(query.Id, AwsJsonEndpoint.LongestAnswer);
            query = Find(query.Id);
        }

        return new() { ["QueryExecution"] = Execution(query) };
    }

    public JsonObject BatchGet(JsonCall call)
    {
        var ids = call.Texts("QueryExecutionIds");
        if (ids.Count is 0 or > MaxBatch)
        {
            throw call.Invalid($"QueryExecutionIds must hold 1 to {MaxBatch} ids.");
        }

        var found = ids.Select(id => (Id: id, Query: store.Find(id))).ToList();
        return new()
        {
            ["QueryExecutions"] = new JsonArray([.. found.Where(f => f.Query is not null).Select(f => Execution(f.Query!))]),
            ["UnprocessedQueryExecutionIds"] = new JsonArray([.. found.Where(f => f.Query is null).Select(f => new JsonObject
            {
                ["QueryExecutionId"] = f.Id,
                ["ErrorCode"] = "QUERY_EXECUTION_NOT_FOUND",
                ["ErrorMessage"] = $"QueryExecution {f.Id} was not found",
            })]),
        };
    }

    public JsonObject Stop(JsonCall call)
    {
        var query = Find(call.Required("QueryExecutionId"));
        if (query.State is "QUEUED" or "RUNNING" && queue.TryStop(query.Id))
        {
            store.Finish(query.Id, QueryDocument.Cancel(query.Document, time.GetUtcNow()), query.Document);
        }

        return [];
    }

    public JsonObject List(JsonCall call)
    {
        var max = call.Number("MaxResults", MaxBatch, 0, MaxBatch) is var n and > 0 ? n : MaxBatch;
        var group = call.Text("WorkGroup") ?? WorkGroups.Primary;
        workGroups.Get(group);
        var start = Pagination.Start(call);
        var ids = store.Ids(group, start, max + 1);
        return new JsonObject
        {
            ["QueryExecutionIds"] = new JsonArray([.. ids.Take(max).Select(i => (JsonNode)i)]),
            ["NextToken"] = ids.Count > max ? Pagination.Token(start + max) : null,
        }.WithoutNulls();
    }

    public StoredQuery Find(string id) => store.Find(id) ?? throw NotFound(id);

    /// <summary>
    /// Enqueues the queries that had not started when the previous process ended. One that was running may have caused that end:
    /// it fails, and runs again only if its client submits it again.
    /// </summary>
    public void Resume(ILogger logger)
    {
        foreach (var query in store.Unfinished())
        {
            if (query.State == "RUNNING")
            {
                store.Finish(query.Id, QueryDocument.Fail(query.Document, Interrupted, new QueryClock(time, time.GetTimestamp())), query.Document);
                Log.QueryInterrupted(logger, query.Id);
                continue;
            }
            var execution = query.Execution;
            if (!S3Uri.TryParse((string?)query.Document["Output"], out var output))
            {
                continue;
            }

            queue.Enqueue(new QueryRequest(query.Id, (string)execution["Query"]!, ((string?)execution["QueryExecutionContext"]?["Database"])?.ToLowerInvariant(), (string)execution["WorkGroup"]!,
                output, [.. (execution["ExecutionParameters"] as JsonArray ?? []).Select(p => (string)p!)], new Principal(query.Caller)));
        }
    }

    private static JsonObject Execution(StoredQuery query)
    {
        var execution = query.Execution.DeepClone().AsObject();
        if (query.State == "RUNNING")
        {
            execution["Status"]!["State"] = "RUNNING";
        }

        return execution;
    }

    private static Statement? Parse(string sql)
    {
        try
        {
            return StatementParser.Parse(sql);
        }
        catch (QueryFailedException failure) when (failure.Message.Contains("mismatched input", StringComparison.Ordinal) && failure.Message.StartsWith("SYNTAX_ERROR: line 1:1:", StringComparison.Ordinal))
        {
            throw Malformed(failure.Message["SYNTAX_ERROR: ".Length..]);
        }
        catch (QueryFailedException)
        {
            return null; // Its execution reports the error.
        }
    }

    private static string Hash(QueryRequest request) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\u0000', [request.Sql, request.Database, request.WorkGroup, request.Output.ToString(), .. request.Parameters]))));

    private static AwsException Malformed(string message) =>
        new("InvalidRequestException", message) { Members = new Dictionary<string, string> { ["AthenaErrorCode"] = "MALFORMED_QUERY" } };

    private static AwsException NotFound(string id) =>
        new("InvalidRequestException", $"QueryExecution {id} was not found") { Members = new Dictionary<string, string> { ["AthenaErrorCode"] = "QUERY_EXECUTION_NOT_FOUND" } };
}
