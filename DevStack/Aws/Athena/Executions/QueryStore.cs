using System.Text.Json.Nodes;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Athena.Executions;

/// <summary>A query as it is stored.</summary>
/// <param name="Document">The response's <c>Execution</c>, and what GetQueryResults needs.</param>
internal sealed record StoredQuery(string Id, string RequestHash, string State, string? Caller, JsonObject Document)
{
    public JsonObject Execution => Document["Execution"]!.AsObject();
}

/// <summary>Stores all queries. Changes are on disk before a response reports them.</summary>
internal sealed class QueryStore(StateDatabase state)
{
    private const string Fields = "id, request_hash, state, caller, document";

    /// <summary>Adds the query, or returns the existing query with its token.</summary>
    public StoredQuery? Add(StoredQuery query, string workGroup, string? token) => state.Transaction(() =>
    {
        if (token is not null && state.Single($"SELECT {Fields} FROM query WHERE token = $1", Read, token) is { } earlier)
        {
            return earlier;
        }

        state.Execute("INSERT INTO query (id, work_group, token, request_hash, state, caller, document) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            query.Id, workGroup, token, query.RequestHash, query.State, query.Caller, query.Document.ToJsonString());
        return null;
    });

    public StoredQuery? Find(string id) => state.Single($"SELECT {Fields} FROM query WHERE id = $1", Read, id);

    /// <summary>Records that the query is running, which the next process sees if this one ends meanwhile.</summary>
    public void Begin(string id) => state.Execute("UPDATE query SET state = 'RUNNING' WHERE id = $1 AND state = 'QUEUED'", id);

    /// <summary>Records the end of a query. Returns false if it had ended already.</summary>
    public bool Finish(string id, string finalState, JsonObject document) =>
        state.Execute("UPDATE query SET state = $2, document = $3 WHERE id = $1 AND state IN ('QUEUED', 'RUNNING')", id, finalState, document.ToJsonString()) == 1;

    /// <summary>The queries that have not ended, in the order of submission.</summary>
    public List<StoredQuery> Unfinished() => state.Query($"SELECT {Fields} FROM query WHERE state IN ('QUEUED', 'RUNNING') ORDER BY sequence", Read);

    /// <summary>Query ids of a work group, newest first.</summary>
    public List<string> Ids(string workGroup, int skip, int take) =>
        state.Query("SELECT id FROM query WHERE work_group = $1 ORDER BY sequence DESC LIMIT $3 OFFSET $2", r => r.GetString(0), workGroup, skip, take);

    private static StoredQuery Read(Microsoft.Data.Sqlite.SqliteDataReader r) =>
        new(r.GetString(0), r.GetString(1), r.GetString(2), r.IsDBNull(3) ? null : r.GetString(3), JsonNode.Parse(r.GetString(4))!.AsObject());
}
