using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DuckDB.NET.Data;
using Stedi.DevStack.Aws.Athena.Errors;
using Stedi.DevStack.Aws.Athena.Statements;

namespace Stedi.DevStack.Aws.Athena.Translation;

/// <summary>
/// DuckDB's parser, used for its syntax tree only: it takes one SELECT statement by construction, and nothing is executed.
/// One connection, one lock; a parse costs about half a millisecond.
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
        JsonObject answer;
        try
        {
            answer = JsonNode.Parse(Call("SELECT json_serialize_sql($1::VARCHAR)", sql), documentOptions: Deep)!.AsObject();
        }
        catch (JsonException)
        {
            throw QueryFailedException.NotSupported("the query is nested too deeply");
        }
        if ((bool)answer["error"]!)
        {
            throw Failure(sql, answer);
        }

        return answer["statements"] is JsonArray { Count: 1 } ? answer : throw QueryFailedException.Syntax("Only one sql statement is allowed.");
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

    private static QueryFailedException Failure(string sql, JsonObject answer)
    {
        var place = long.TryParse((string?)answer["position"], CultureInfo.InvariantCulture, out var offset) ? SqlPosition.Of(sql, offset) : "";
        return QueryFailedException.Syntax(place + ((string?)answer["error_message"] ?? "the query cannot be read"));
    }
}
