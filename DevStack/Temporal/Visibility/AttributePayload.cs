using System.Globalization;
using System.Text.Json;

namespace Stedi.DevStack.Temporal.Visibility;

/// <summary>Search attributes on the wire: JSON with the type in the metadata.</summary>
internal static class AttributePayload
{
    public static Payload Of(string value, string type = "Keyword") => new()
    {
        Metadata =
        {
            ["encoding"] = ByteString.CopyFromUtf8("json/plain"),
            ["type"] = ByteString.CopyFromUtf8(type),
        },
        Data = ByteString.CopyFrom(JsonSerializer.SerializeToUtf8Bytes(value)),
    };

    public static IndexedValueType TypeOf(Payload payload) =>
        payload.Metadata.TryGetValue("type", out var type) && Enum.TryParse<IndexedValueType>(type.ToStringUtf8(), out var parsed)
            ? parsed
            : IndexedValueType.Keyword;

    /// <summary>The value as a string, bool, number, time or list of strings; <c>null</c> for what is none of these.</summary>
    public static object? Read(Payload payload)
    {
        try
        {
            using var json = JsonDocument.Parse(payload.Data.Memory);
            return Read(json.RootElement, TypeOf(payload));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static object? Read(JsonElement value, IndexedValueType type) => value.ValueKind switch
    {
        JsonValueKind.String when type == IndexedValueType.Datetime
            && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => time,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.Array when type == IndexedValueType.KeywordList =>
            value.EnumerateArray().Select(item => item.ToString()).ToArray(),
        JsonValueKind.Array when value.GetArrayLength() == 1 => Read(value[0], type),
        _ => null,
    };
}
