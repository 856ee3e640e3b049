using System.Globalization;
using System.Text.Json;

namespace Stedi.DevStack.Temporal.Visibility;

/// <summary>Payloads of search attributes: JSON, with the type in the metadata.</summary>
internal static class SearchAttributePayload
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

    /// <summary>Whether the value is of a type, a list of such values, or empty.</summary>
    public static bool IsOf(Payload payload, IndexedValueType type)
    {
        if (payload.Data.IsEmpty)
        {
            return true;
        }

        try
        {
            using var json = JsonDocument.Parse(payload.Data.Memory);
            return IsOf(json.RootElement, type);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The value as a string, bool, number, time or list of strings; <c>null</c> for anything else.</summary>
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

    private static bool IsOf(JsonElement value, IndexedValueType type) => (value.ValueKind, type) switch
    {
        (JsonValueKind.Null, _) => true,
        (JsonValueKind.Array, _) => value.EnumerateArray().All(item => item.ValueKind != JsonValueKind.Array && IsOf(item, type)),
        (JsonValueKind.String, IndexedValueType.Text or IndexedValueType.Keyword or IndexedValueType.KeywordList) => true,
        (JsonValueKind.String, IndexedValueType.Datetime) =>
            DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _),
        (JsonValueKind.Number, IndexedValueType.Double) => true,
        (JsonValueKind.Number, IndexedValueType.Int) => value.TryGetInt64(out _),
        (JsonValueKind.True or JsonValueKind.False, IndexedValueType.Bool) => true,
        _ => false,
    };

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
