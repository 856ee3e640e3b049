using System.Globalization;
using System.Text.Json.Nodes;
using Stedi.DevStack.Aws.Protocol;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Glue.Catalog;

/// <summary>Stores databases and tables with their versions, as the JSON documents of requests and responses. Names are in lower case.</summary>
internal sealed class GlueCatalog(StateDatabase state, TimeProvider time)
{
    public const string CatalogId = "000000000000";

    public void CreateDatabase(string name, JsonObject input)
    {
        var document = Copy(input);
        document["Name"] = name;
        document["CreateTime"] = time.Now();
        document["CatalogId"] = CatalogId;
        state.Transaction(() =>
        {
            if (FindDatabase(name) is not null)
            {
                throw new AwsException("AlreadyExistsException", $"Database already exists: {name}");
            }

            return state.Execute("INSERT INTO database (name, document) VALUES ($1, $2)", name, document.ToJsonString());
        });
    }

    public void UpdateDatabase(string name, JsonObject input) => state.Transaction(() =>
    {
        var document = Copy(input);
        var old = Database(name);
        document["Name"] = name;
        document["CreateTime"] = old["CreateTime"]?.DeepClone();
        document["CatalogId"] = CatalogId;
        return state.Execute("UPDATE database SET document = $2 WHERE name = $1", name, document.ToJsonString());
    });

    public JsonObject? FindDatabase(string name) => state.Single("SELECT document FROM database WHERE name = $1", Document, name);

    public JsonObject Database(string name) =>
        FindDatabase(name) ?? throw new AwsException("EntityNotFoundException", $"Database {name} not found.");

    public List<JsonObject> Databases() => state.Query("SELECT document FROM database ORDER BY name", Document);

    public void DeleteDatabase(string name) => state.Transaction(() =>
    {
        Database(name);
        state.Execute("DELETE FROM partition WHERE database = $1", name);
        state.Execute("DELETE FROM table_version WHERE database = $1", name);
        return state.Execute("DELETE FROM database WHERE name = $1", name);
    });

    public void CreateTable(string database, string name, JsonObject input) => state.Transaction(() =>
    {
        Database(database);
        if (FindTable(database, name) is not null)
        {
            throw new AwsException("AlreadyExistsException", $"Table already exists: {name}");
        }

        var now = time.Now();
        return Insert(database, name, 0, WithMetadata(database, name, 0, input, now, now.DeepClone()));
    });

    public JsonObject? FindTable(string database, string name) =>
        state.Single("SELECT document FROM table_version WHERE database = $1 AND name = $2 AND current = 1", Document, database, name);

    public JsonObject Table(string database, string name)
    {
        Database(database);
        return FindTable(database, name) ?? throw TableNotFound(name);
    }

    public List<JsonObject> Tables(string database)
    {
        Database(database);
        return state.Query("SELECT document FROM table_version WHERE database = $1 AND current = 1 ORDER BY name", Document, database);
    }

    /// <summary>Replaces a table's definition if <paramref name="expectedVersion"/> is null or the current version.</summary>
    public void UpdateTable(string database, string name, JsonObject input, string? expectedVersion, bool skipArchive) => state.Transaction(() =>
    {
        var old = Table(database, name);
        var version = int.Parse((string)old["VersionId"]!, CultureInfo.InvariantCulture);
        if (expectedVersion is not null && expectedVersion != (string)old["VersionId"]!)
        {
            throw new AwsException("ConcurrentModificationException", $"Update table failed due to concurrent modifications: version {expectedVersion} was expected, {version} is current.");
        }

        if (skipArchive)
        {
            state.Execute("DELETE FROM table_version WHERE database = $1 AND name = $2 AND current = 1", database, name);
        }
        else
        {
            state.Execute("UPDATE table_version SET current = 0 WHERE database = $1 AND name = $2", database, name);
        }

        return Insert(database, name, version + 1, WithMetadata(database, name, version + 1, input, old["CreateTime"]!.DeepClone(), time.Now()));
    });

    public void DeleteTable(string database, string name) => state.Transaction(() =>
    {
        Table(database, name);
        state.Execute("DELETE FROM partition WHERE database = $1 AND name = $2", database, name);
        return state.Execute("DELETE FROM table_version WHERE database = $1 AND name = $2", database, name);
    });

    /// <summary>All versions, the newest first.</summary>
    public List<JsonObject> Versions(string database, string name)
    {
        Table(database, name);
        return state.Query("SELECT document FROM table_version WHERE database = $1 AND name = $2 ORDER BY version DESC", Document, database, name);
    }

    public void DeleteVersion(string database, string name, string version)
    {
        Table(database, name);
        if (state.Execute("DELETE FROM table_version WHERE database = $1 AND name = $2 AND version = $3 AND current = 0",
            database, name, long.TryParse(version, CultureInfo.InvariantCulture, out var number) ? number : -1) == 0)
        {
            throw new AwsException("EntityNotFoundException", $"Version {version} of table {name} not found, or it is the current one.");
        }
    }

    private static AwsException TableNotFound(string name) => new("EntityNotFoundException", $"Table {name} not found.");

    private int Insert(string database, string name, int version, JsonObject document) =>
        state.Execute("INSERT INTO table_version (database, name, version, current, document) VALUES ($1, $2, $3, 1, $4)", database, name, version, document.ToJsonString());

    private static JsonObject WithMetadata(string database, string name, int version, JsonObject input, JsonNode created, JsonNode updated)
    {
        var document = Copy(input);
        document["Name"] = name;
        document["DatabaseName"] = database;
        document["CatalogId"] = CatalogId;
        document["VersionId"] = version.ToString(CultureInfo.InvariantCulture);
        document["CreateTime"] = created;
        document["UpdateTime"] = updated;
        document["IsRegisteredWithLakeFormation"] = false;
        return document;
    }

    private static JsonObject Copy(JsonObject input) => input.DeepClone().AsObject();

    private static JsonObject Document(Microsoft.Data.Sqlite.SqliteDataReader r) => JsonNode.Parse(r.GetString(0))!.AsObject();
}
