using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Util.Internal;

namespace Stedi.Aws.Runtime;

/// <summary>An AWS JSON 1.1 service: its names on the wire and its shapes.</summary>
internal sealed class JsonService : IServiceMetadata
{
    public required string ServiceId { get; init; }

    /// <summary>First label of the host name; also the service name in signatures.</summary>
    public required string EndpointPrefix { get; init; }

    public required string ApiVersion { get; init; }

    /// <summary>Prefix of the operation in <c>X-Amz-Target</c>.</summary>
    public required string TargetPrefix { get; init; }

    public required JsonSerializerOptions Shapes { get; init; }

    /// <summary>Creates the exception of an error that the operation does not declare.</summary>
    public required Func<ErrorResponse, AmazonServiceException> Undeclared { get; init; }

    public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>();

    public string UserAgent => InternalSDKUtils.BuildUserAgentString(ServiceId, "4.1.0");

    /// <summary>An operation has the name of its request shape without "Request".</summary>
    public InvokeOptions Operation<TRequest, TResponse>(params ModelledError[] declared)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse, new() => new()
        {
            RequestMarshaller = new JsonMarshaller<TRequest>(this, Shape<TRequest>()),
            ResponseUnmarshaller = new JsonUnmarshaller<TResponse>(this, Shape<TResponse>(), declared),
        };

    private JsonTypeInfo<T> Shape<T>() => (JsonTypeInfo<T>)Shapes.GetTypeInfo(typeof(T));
}
