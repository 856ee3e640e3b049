using System.Net;
using Amazon.Runtime;

namespace Amazon.Glue.Model;

/// <summary>The request is not valid.</summary>
public class InvalidInputException : AmazonGlueException
{
    public bool? FromFederationSource { get; set; }

    public InvalidInputException(string message)
        : base(message)
    {
    }

    public InvalidInputException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public InvalidInputException(Exception innerException)
        : base(innerException)
    {
    }

    public InvalidInputException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    public InvalidInputException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}
