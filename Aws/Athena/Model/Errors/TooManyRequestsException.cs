using System.Net;
using Amazon.Runtime;

namespace Amazon.Athena.Model;

/// <summary>Too many requests, or too many queries at once: wait, then try again.</summary>
public class TooManyRequestsException : AmazonAthenaException
{
    public ThrottleReason Reason { get; set; }

    public TooManyRequestsException(string message)
        : base(message)
    {
    }

    public TooManyRequestsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public TooManyRequestsException(Exception innerException)
        : base(innerException)
    {
    }

    public TooManyRequestsException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    public TooManyRequestsException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}
