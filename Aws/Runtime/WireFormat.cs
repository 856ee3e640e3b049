using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Amazon.Runtime;

namespace Stedi.Aws.Runtime;

/// <summary>How AWS JSON 1.1 writes shapes: unset members are left out, times are epoch seconds.</summary>
internal static class WireFormat
{
    public static JsonSerializerOptions Of(IJsonTypeInfoResolver shapes) => new()
    {
        TypeInfoResolver = shapes.WithAddedModifier(LeaveOutWhatTheSdkFills),
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new EpochSecondsConverter() },
    };

    /// <summary>Sends a new token if the caller set none, without changing the caller's request.</summary>
    public static IJsonTypeInfoResolver FillingTokenOf<TRequest>(this IJsonTypeInfoResolver shapes, string member) =>
        shapes.WithAddedModifier(shape =>
        {
            if (shape.Type != typeof(TRequest))
            {
                return;
            }

            var token = shape.Properties.Single(property => property.Name == member);
            var given = token.Get;
            token.Get = request => given(request) ?? Guid.NewGuid().ToString();
        });

    private static void LeaveOutWhatTheSdkFills(JsonTypeInfo shape)
    {
        if (shape.Type.IsAssignableTo(typeof(AmazonWebServiceResponse)))
        {
            foreach (var member in shape.Properties.Where(member => member.Name is
                nameof(AmazonWebServiceResponse.ResponseMetadata)
                or nameof(AmazonWebServiceResponse.ContentLength)
                or nameof(AmazonWebServiceResponse.HttpStatusCode)).ToList())
            {
                shape.Properties.Remove(member);
            }
        }
    }
}

/// <summary>Times as epoch seconds with milliseconds as the fraction. Reads ISO 8601 too, as the official clients do.</summary>
internal sealed class EpochSecondsConverter : JsonConverter<DateTime>
{
    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number
            ? DateTime.UnixEpoch.AddTicks((long)(reader.GetDecimal() * TimeSpan.TicksPerSecond))
            : DateTime.Parse(reader.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options)
    {
        var milliseconds = (value.ToUniversalTime() - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond;
        writer.WriteNumberValue(milliseconds / 1000m);
    }
}
