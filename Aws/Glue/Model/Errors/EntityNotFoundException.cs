using System.Net;
using Amazon.Runtime;

namespace Amazon.Glue.Model;

/// <summary>What the request names does not exist.</summary>
public class EntityNotFoundException : AmazonGlueException
{
    public bool? FromFederationSource { get; set; }

    public EntityNotFoundException(string message)
        : base(message)
    {
    }

    public EntityNotFoundException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public EntityNotFoundException(Exception innerException)
        : base(innerException)
    {
    }

    public EntityNotFoundException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    public EntityNotFoundException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}
