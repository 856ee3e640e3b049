using System.Text.Json.Nodes;
using Stedi.DevStack.Aws.Protocol;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Athena.Executions;

/// <summary>Stores the prepared statements of work groups, from PREPARE or CreatePreparedStatement.</summary>
internal sealed class PreparedStatements(StateDatabase state, TimeProvider time)
{
    public void Save(string workGroup, string name, string query, string? description = null)
    {
        var document = new JsonObject { ["StatementName"] = name, ["QueryStatement"] = query, ["WorkGroupName"] = workGroup, ["Description"] = description, ["LastModifiedTime"] = time.Now() }.WithoutNulls();
        state.Execute("INSERT OR REPLACE INTO prepared_statement (work_group, name, document) VALUES ($1, $2, $3)", workGroup, name, document.ToJsonString());
    }

    public JsonObject? Find(string workGroup, string name) =>
        state.Single("SELECT document FROM prepared_statement WHERE work_group = $1 AND name = $2", Read, workGroup, name);

    public List<JsonObject> All(string workGroup) =>
        state.Query("SELECT document FROM prepared_statement WHERE work_group = $1 ORDER BY name", Read, workGroup);

    public bool Delete(string workGroup, string name) =>
        state.Execute("DELETE FROM prepared_statement WHERE work_group = $1 AND name = $2", workGroup, name) > 0;

    private static JsonObject Read(Microsoft.Data.Sqlite.SqliteDataReader r) => JsonNode.Parse(r.GetString(0))!.AsObject();
}
