using System.Net;
using Amazon.Runtime;

namespace Amazon.Glue.Model;

/// <summary>Glue failed; worth trying again.</summary>
public class InternalServiceException : AmazonGlueException
{
    public InternalServiceException(string message)
        : base(message)
    {
    }

    public InternalServiceException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public InternalServiceException(Exception innerException)
        : base(innerException)
    {
    }

    public InternalServiceException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    public InternalServiceException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}
