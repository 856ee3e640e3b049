using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;

namespace Stedi.Aws.Runtime;

/// <summary>Deserialises a response or an error.</summary>
internal sealed class JsonUnmarshaller<TResponse>(
    JsonService service, JsonTypeInfo<TResponse> shape, IReadOnlyList<ModelledError> declared) : JsonResponseUnmarshaller
    where TResponse : AmazonWebServiceResponse, new()
{
    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext context) =>
        context.IsEmptyResponse || shape.Properties.Count == 0
            ? new TResponse()
            : JsonSerializer.Deserialize(context.Stream, shape) ?? new TResponse();

    public override AmazonServiceException UnmarshallException(
        JsonUnmarshallerContext context, Exception innerException, HttpStatusCode statusCode)
    {
        var reader = new StreamingUtf8JsonReader(context.Stream);
        var error = JsonErrorResponseUnmarshaller.GetInstance().Unmarshall(context, ref reader);
        error.InnerException = innerException;
        error.StatusCode = statusCode;

        var modelled = declared.FirstOrDefault(candidate => candidate.Code == error.Code);
        return modelled is null
            ? service.Undeclared(error)
            : modelled.Make(error, ErrorMembers.Parse(context.GetResponseBodyBytes()));
    }
}
