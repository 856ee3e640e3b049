using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Runtime;

namespace Stedi.Aws.Runtime;

/// <summary>Reads and writes constants by their values. Unknown values are kept, because services add new ones.</summary>
internal interface IConstant<T>
{
    public static abstract T FindValue(string value);
}

internal sealed class ConstantConverter<T> : JsonConverter<T>
    where T : ConstantClass, IConstant<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        T.FindValue(reader.GetString());

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
