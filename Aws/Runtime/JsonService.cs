using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Util.Internal;

namespace Stedi.Aws.Runtime;

/// <summary>What sets one AWS JSON 1.1 service apart from the next: its names on the wire and its shapes.</summary>
internal sealed class JsonService : IServiceMetadata
{
    public required string ServiceId { get; init; }

    /// <summary>First label of the host name, and the name requests are signed for.</summary>
    public required string EndpointPrefix { get; init; }

    public required string ApiVersion { get; init; }

    /// <summary>What precedes the operation in <c>X-Amz-Target</c>.</summary>
    public required string TargetPrefix { get; init; }

    public required JsonSerializerOptions Shapes { get; init; }

    /// <summary>Makes the exception for an error that the operation does not declare.</summary>
    public required Func<ErrorResponse, AmazonServiceException> Undeclared { get; init; }

    public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>();

    public string UserAgent => InternalSDKUtils.BuildUserAgentString(ServiceId, "4.1.0");

    /// <summary>An operation is called after its request shape.</summary>
    public InvokeOptions Operation<TRequest, TResponse>(params ModelledError[] declared)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse, new() => new()
        {
            RequestMarshaller = new JsonMarshaller<TRequest>(this, Shape<TRequest>()),
            ResponseUnmarshaller = new JsonUnmarshaller<TResponse>(this, Shape<TResponse>(), declared),
        };

    private JsonTypeInfo<T> Shape<T>() => (JsonTypeInfo<T>)Shapes.GetTypeInfo(typeof(T));
}
