using System.Text.Json.Nodes;
using Stedi.DevStack.Aws.Http;

namespace Stedi.DevStack.Aws.Glue;

internal static class StringMap
{
    public static Dictionary<string, string> Of(JsonCall call, string member)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, _) in call.Object(member) ?? [])
            map[key] = call.Within(call.Object(member)!).Text(key) ?? "";
        return map;
    }

    /// <summary>Of a stored document, which was checked when it came in.</summary>
    public static Dictionary<string, string> Of(JsonNode? node) =>
        (node as JsonObject ?? []).ToDictionary(m => m.Key, m => (string?)m.Value ?? "", StringComparer.Ordinal);
}
