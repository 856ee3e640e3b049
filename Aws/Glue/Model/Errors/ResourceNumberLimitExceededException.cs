using System.Net;
using Amazon.Runtime;

namespace Amazon.Glue.Model;

/// <summary>A limit of the account is reached.</summary>
public class ResourceNumberLimitExceededException : AmazonGlueException
{
    public ResourceNumberLimitExceededException(string message)
        : base(message)
    {
    }

    public ResourceNumberLimitExceededException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public ResourceNumberLimitExceededException(Exception innerException)
        : base(innerException)
    {
    }

    public ResourceNumberLimitExceededException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    public ResourceNumberLimitExceededException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}
