using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Util;

namespace Stedi.Aws.Runtime;

/// <summary>Serialises a request. It runs once per call, outside the retries, so that generated values are the same in each attempt.</summary>
internal sealed class JsonMarshaller<TRequest>(JsonService service, JsonTypeInfo<TRequest> shape)
    : IMarshaller<IRequest, AmazonWebServiceRequest>
    where TRequest : AmazonWebServiceRequest
{
    private readonly string _target = $"{service.TargetPrefix}.{typeof(TRequest).Name[..^"Request".Length]}";

    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var body = new PooledContentStream();
        using (var writer = new Utf8JsonWriter(body.BufferWriter))
        {
            JsonSerializer.Serialize(writer, (TRequest)input, shape);
        }

        var request = new DefaultRequest(input, $"Amazon.{service.ServiceId}")
        {
            HttpMethod = "POST",
            ResourcePath = "/",
            ContentStream = body,
        };
        request.Headers["X-Amz-Target"] = _target;
        request.Headers[HeaderKeys.ContentTypeHeader] = "application/x-amz-json-1.1";
        request.Headers[HeaderKeys.XAmzApiVersion] = service.ApiVersion;
        return request;
    }
}
