using System.Net;
using Amazon.Runtime;

namespace Amazon.Glue.Model;

/// <summary>What the request names is not ready yet.</summary>
public class ResourceNotReadyException : AmazonGlueException
{
    public ResourceNotReadyException(string message)
        : base(message)
    {
    }

    public ResourceNotReadyException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public ResourceNotReadyException(Exception innerException)
        : base(innerException)
    {
    }

    public ResourceNotReadyException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    public ResourceNotReadyException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}
