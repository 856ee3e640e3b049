using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stedi.DevStack.Aws.Athena.Errors;

namespace Stedi.DevStack.Aws.Athena.Engine;

/// <summary>Encodes and decodes a view's text as Athena stores it in Glue: base64 JSON in a comment.</summary>
internal static class PrestoView
{
    private const string Opening = "/* Presto View: ", Closing = " */";

    public static string Encode(string query, string database, IEnumerable<TableColumn> columns)
    {
        var definition = new JsonObject
        {
            ["originalSql"] = query,
            ["catalog"] = "awsdatacatalog",
            ["schema"] = database,
            ["columns"] = new JsonArray([.. columns.Select(c => new JsonObject { ["name"] = c.Name, ["type"] = c.HiveType })]),
        };
        return Opening + Convert.ToBase64String(Encoding.UTF8.GetBytes(definition.ToJsonString())) + Closing;
    }

    public static string Query(CatalogTable view) => (string?)Definition(view)["originalSql"] ?? throw Unreadable(view);

    public static string Database(CatalogTable view) => (string?)Definition(view)["schema"] ?? view.Database;

    private static JsonObject Definition(CatalogTable view)
    {
        var text = view.ViewText?.Trim() ?? "";
        if (!text.StartsWith(Opening, StringComparison.Ordinal) || !text.EndsWith(Closing, StringComparison.Ordinal))
        {
            throw Unreadable(view);
        }

        try
        {
            return JsonNode.Parse(Convert.FromBase64String(text[Opening.Length..^Closing.Length]))?.AsObject() ?? throw Unreadable(view);
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            throw Unreadable(view);
        }
    }

    private static QueryFailedException Unreadable(CatalogTable view) =>
        new($"INVALID_VIEW: View '{view.Database}.{view.Name}' cannot be read", AthenaErrorType.Schema);
}
