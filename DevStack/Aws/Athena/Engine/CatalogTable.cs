using System.Text.Json.Nodes;
using Stedi.DevStack.Aws.Athena.Errors;
using Stedi.DevStack.Aws.Athena.Translation;
using Stedi.DevStack.Aws.Glue.Catalog;
using Stedi.DevStack.Aws.Protocol;
using Stedi.DevStack.Aws.Storage;

namespace Stedi.DevStack.Aws.Athena.Engine;

internal sealed record TableColumn(string Name, string HiveType)
{
    public string DuckDbType => Engine.HiveType.ToDuckDb(HiveType);
}

/// <summary>Typed access to a Glue table's document.</summary>
internal sealed class CatalogTable(JsonObject document)
{
    private readonly JsonObject _storage = document["StorageDescriptor"] as JsonObject ?? [];

    public string Database => (string)document["DatabaseName"]!;

    public string Name => (string)document["Name"]!;

    public bool IsView => (string?)document["TableType"] == "VIRTUAL_VIEW";

    public string? ViewText => (string?)document["ViewOriginalText"];

    public IReadOnlyList<TableColumn> Columns => ReadColumns(_storage["Columns"]);

    public IReadOnlyList<TableColumn> PartitionKeys => ReadColumns(document["PartitionKeys"]);

    public string? Location => (string?)_storage["Location"];

    public string Serde => (string?)_storage["SerdeInfo"]?["SerializationLibrary"] ?? "";

    public string InputFormat => (string?)_storage["InputFormat"] ?? "";

    public IReadOnlyDictionary<string, string> SerdeParameters => StringMap.Of(_storage["SerdeInfo"]?["Parameters"]);

    public IReadOnlyDictionary<string, string> Parameters => StringMap.Of(document["Parameters"]);

    /// <exception cref="QueryFailedException">The table has no location in S3.</exception>
    public S3Uri LocationUri => S3Uri.TryParse(Location, out var uri) ? uri
        : throw new QueryFailedException($"HIVE_UNKNOWN_ERROR: Table {Database}.{Name} has no S3 location ('{Location}')", AthenaErrorType.Schema);

    private static List<TableColumn> ReadColumns(JsonNode? columns) =>
        [.. (columns as JsonArray ?? []).Select(c => new TableColumn(((string)c!["Name"]!).ToLowerInvariant(), (string?)c["Type"] ?? "string"))];
}

/// <summary>Returns whether a column is a text column of a table over JSON files.</summary>
internal sealed class JsonTextColumns(GlueCatalog catalog)
{
    public bool Contains(TableReference reference, string column) =>
        catalog.FindTable(reference.Database, reference.Table) is { } document && new CatalogTable(document) is { IsView: false } table &&
        table.Serde.EndsWith("JsonSerDe", StringComparison.Ordinal) && table.Columns.Any(c => c.Name == column && c.HiveType == "string");
}
