using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Runtime.Documents;
using Amazon.Runtime.Documents.Internal.Transform;

namespace Stedi.Aws.Runtime;

/// <summary>A member whose shape is any JSON.</summary>
internal sealed class DocumentConverter : JsonConverter<Document>
{
    public override Document Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return From(document.RootElement);
    }

    public override void Write(Utf8JsonWriter writer, Document value, JsonSerializerOptions options) =>
        DocumentMarshaller.Instance.Write(writer, value);

    static Document From(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => new(value.GetBoolean()),
        JsonValueKind.Number when value.TryGetInt32(out var number) => new(number),
        JsonValueKind.Number when value.TryGetInt64(out var number) => new(number),
        JsonValueKind.Number => new(value.GetDouble()),
        JsonValueKind.String => new(value.GetString()),
        JsonValueKind.Array => new(value.EnumerateArray().Select(From).ToList()),
        JsonValueKind.Object => new(value.EnumerateObject().ToDictionary(member => member.Name, member => From(member.Value))),
        _ => default,
    };
}
