using System.Net;
using Amazon.Runtime;

namespace Amazon.Glue;

/// <summary>Any error of AWS Glue; <c>ErrorCode</c> names it. Errors that an operation does not declare, throttling among them, are of this type itself.</summary>
public class AmazonGlueException : AmazonServiceException
{
    public AmazonGlueException(string message)
        : base(message)
    {
    }

    public AmazonGlueException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public AmazonGlueException(Exception innerException)
        : base(innerException)
    {
    }

    public AmazonGlueException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    public AmazonGlueException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}
