using System.Text.Json.Nodes;

namespace Stedi.DevStack.Aws.Http;

internal static class Epoch
{
    /// <summary>Times go over the wire as seconds with a fraction; ISO strings break every SDK.</summary>
    public static JsonNode Seconds(DateTimeOffset time) => JsonValue.Create(time.ToUnixTimeMilliseconds() / 1000.0);

    public static JsonNode Now(this TimeProvider time) => Seconds(time.GetUtcNow());
}
