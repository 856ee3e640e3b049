using System.Net;
using Amazon.Runtime;

namespace Amazon.Glue.Model;

/// <summary>What the request names is in the wrong state.</summary>
public class InvalidStateException : AmazonGlueException
{
    public InvalidStateException(string message)
        : base(message)
    {
    }

    public InvalidStateException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public InvalidStateException(Exception innerException)
        : base(innerException)
    {
    }

    public InvalidStateException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    public InvalidStateException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}
