using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DuckDB.NET.Data;
using Stedi.DevStack.Aws.Athena.Errors;
using Stedi.DevStack.Aws.Athena.Statements;

namespace Stedi.DevStack.Aws.Athena.Translation;

/// <summary>
/// Parses SQL with DuckDB, without executing it: json_serialize_sql accepts SELECT statements only. Parsing takes about half a
/// millisecond and is serialized by a lock.
/// </summary>
internal sealed class SyntaxTree : IDisposable
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1000 };
    private static readonly JsonSerializerOptions DeepWrite = new() { MaxDepth = 1000 };

    private readonly Lock _gate = new();
    private readonly DuckDBConnection _connection = new("DataSource=:memory:");

    public SyntaxTree()
    {
        _connection.Open();
        using var command = _connection.CreateCommand();
        command.CommandText = "SET threads = 1; SET memory_limit = '256MB'; SET enable_external_access = false; SET lock_configuration = true";
        command.ExecuteNonQuery();
    }

    /// <exception cref="QueryFailedException">It is not one valid SELECT statement.</exception>
    public JsonObject Parse(string sql)
    {
        JsonObject result;
        try
        {
            result = JsonNode.Parse(Call("SELECT json_serialize_sql($1::VARCHAR)", sql), documentOptions: Deep)!.AsObject();
        }
        catch (JsonException)
        {
            throw QueryFailedException.NotSupported("the query is nested too deeply");
        }
        if ((bool)result["error"]!)
        {
            throw Failure(sql, result);
        }

        return result["statements"] is JsonArray { Count: 1 } ? result : throw QueryFailedException.Syntax("Only one sql statement is allowed.");
    }

    public string ToSql(JsonObject tree) => Call("SELECT json_deserialize_sql($1::JSON)", tree.ToJsonString(DeepWrite));

    public void Dispose() => _connection.Dispose();

    private string Call(string sql, string argument)
    {
        lock (_gate)
        {
            using var command = _connection.CreateCommand();
            command.CommandText = sql;
            command.Parameters.Add(new DuckDBParameter(argument));
            try
            {
                return (string)command.ExecuteScalar()!;
            }
            catch (DuckDBException e)
            {
                throw QueryFailedException.Syntax(e.Message.Split('\n')[0]);
            }
        }
    }

    private static QueryFailedException Failure(string sql, JsonObject result)
    {
        var place = long.TryParse((string?)result["position"], CultureInfo.InvariantCulture, out var offset) ? SqlPosition.Of(sql, offset) : "";
        return QueryFailedException.Syntax(place + ((string?)result["error_message"] ?? "the query cannot be read"));
    }
}
