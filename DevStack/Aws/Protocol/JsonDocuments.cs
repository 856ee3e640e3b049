using System.Text.Json.Nodes;

namespace Stedi.DevStack.Aws.Protocol;

internal static class JsonObjects
{
    /// <summary>Removes null members: AWS omits absent members and never sends null.</summary>
    public static JsonObject WithoutNulls(this JsonObject value)
    {
        foreach (var name in value.Where(m => m.Value is null).Select(m => m.Key).ToList())
        {
            value.Remove(name);
        }

        return value;
    }
}

internal static class EpochSeconds
{
    /// <summary>AWS JSON 1.1 sends times as seconds with a fraction. SDKs do not accept ISO strings.</summary>
    public static JsonNode From(DateTimeOffset time) => JsonValue.Create(time.ToUnixTimeMilliseconds() / 1000.0);

    public static JsonNode Now(this TimeProvider time) => From(time.GetUtcNow());
}

internal static class StringMap
{
    public static Dictionary<string, string> Of(JsonCall call, string member)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, _) in call.Object(member) ?? [])
        {
            map[key] = call.Within(call.Object(member)!).Text(key) ?? "";
        }

        return map;
    }

    /// <summary>Reads a stored document, which was validated when it was received.</summary>
    public static Dictionary<string, string> Of(JsonNode? node) =>
        (node as JsonObject ?? []).ToDictionary(m => m.Key, m => (string?)m.Value ?? "", StringComparer.Ordinal);
}
