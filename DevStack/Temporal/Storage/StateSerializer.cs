using System.Text.Json;
using System.Text.Json.Serialization;
using Stedi.DevStack.Temporal.Common;

namespace Stedi.DevStack.Temporal.Storage;

/// <summary>Serializes state records as JSON, with protobuf messages as base64.</summary>
public static class StateSerializer
{
    private static readonly JsonSerializerOptions Options = new()
    {
        IgnoreReadOnlyProperties = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        PreferredObjectCreationHandling = JsonObjectCreationHandling.Populate,
        Converters = { new ProtobufConverterFactory() },
    };

    public static byte[] Serialize<T>(T state) => JsonSerializer.SerializeToUtf8Bytes(state, Options);

    public static T Deserialize<T>(byte[] bytes) =>
        JsonSerializer.Deserialize<T>(bytes, Options) ?? throw new TemporalServerException("A state record is empty.");

    private sealed class ProtobufConverterFactory : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => typeof(IMessage).IsAssignableFrom(typeToConvert);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(ProtobufConverter<>).MakeGenericType(typeToConvert))!;
    }

    private sealed class ProtobufConverter<T> : JsonConverter<T>
        where T : IMessage<T>, new()
    {
        private static readonly MessageParser<T> Parser = new(() => new T());

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Parser.ParseFrom(reader.GetBytesFromBase64());

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteBase64StringValue(value.ToByteArray());
    }
}
