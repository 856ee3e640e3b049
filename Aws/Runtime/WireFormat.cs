using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Amazon.Runtime;
using Amazon.Runtime.Documents;

namespace Stedi.Aws.Runtime;

/// <summary>How AWS JSON 1.1 writes shapes: unset members are left out, times are epoch seconds.</summary>
internal static class WireFormat
{
    public static JsonSerializerOptions Of(IJsonTypeInfoResolver shapes) => new()
    {
        TypeInfoResolver = JsonTypeInfoResolver.Combine(shapes.WithAddedModifier(LeaveOutWhatTheSdkFills), new DocumentShape()),
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new EpochSecondsConverter() },
    };

    /// <summary>Sends a new token where the caller set none, without touching the caller's request.</summary>
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

    static void LeaveOutWhatTheSdkFills(JsonTypeInfo shape)
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

    // The generated context cannot describe this type: it names a converter that is not public.
    sealed class DocumentShape : IJsonTypeInfoResolver
    {
        public JsonTypeInfo GetTypeInfo(Type type, JsonSerializerOptions options) =>
            type == typeof(Document) ? JsonMetadataServices.CreateValueInfo<Document>(options, new DocumentConverter()) : null;
    }
}
