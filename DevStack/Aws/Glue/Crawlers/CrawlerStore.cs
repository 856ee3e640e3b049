using System.Text.Json.Nodes;
using Stedi.DevStack.Aws.Protocol;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Glue.Crawlers;

internal sealed class CrawlerStore(StateDatabase state)
{
    public void Create(string name, JsonObject crawler) => state.Transaction(() =>
    {
        if (Find(name) is not null)
        {
            throw new AwsException("AlreadyExistsException", $"Crawler {name} already exists");
        }

        return state.Execute("INSERT INTO crawler (name, document) VALUES ($1, $2)", name, crawler.ToJsonString());
    });

    public JsonObject Get(string name) =>
        Find(name) ?? throw new AwsException("EntityNotFoundException", $"Crawler entry with name {name} does not exist");

    public List<JsonObject> All() => state.Query("SELECT document FROM crawler ORDER BY name", Document);

    public void Save(string name, JsonObject crawler) => state.Execute("UPDATE crawler SET document = $2 WHERE name = $1", name, crawler.ToJsonString());

    public void Delete(string name) => state.Execute("DELETE FROM crawler WHERE name = $1", name);

    private JsonObject? Find(string name) => state.Single("SELECT document FROM crawler WHERE name = $1", Document, name);

    private static JsonObject Document(Microsoft.Data.Sqlite.SqliteDataReader r) => JsonNode.Parse(r.GetString(0))!.AsObject();
}
