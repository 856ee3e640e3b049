using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Runtime;

namespace Stedi.Aws.Runtime;

/// <summary>A set of named strings that grows with the service: an unknown value is kept as it came.</summary>
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
