using System.Text.Json.Nodes;

namespace Stedi.DevStack.Aws.Http;

internal static class JsonObjects
{
    /// <summary>AWS omits absent members; it never sends null.</summary>
    public static JsonObject WithoutNulls(this JsonObject value)
    {
        foreach (var name in value.Where(m => m.Value is null).Select(m => m.Key).ToList())
            value.Remove(name);
        return value;
    }
}
