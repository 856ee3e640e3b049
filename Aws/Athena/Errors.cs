using System.Net;
using Amazon.Runtime;

namespace Amazon.Athena.Model;

/// <summary>Athena failed; can be retried.</summary>
public class InternalServerException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonAthenaException(message, innerException, errorType, errorCode, requestId, statusCode);

/// <summary>The request is not valid.</summary>
public class InvalidRequestException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonAthenaException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public string AthenaErrorCode { get; set; }
}

/// <summary>Too many requests, or too many queries at once. Retry after a backoff.</summary>
public class TooManyRequestsException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonAthenaException(message, innerException, errorType, errorCode, requestId, statusCode);
