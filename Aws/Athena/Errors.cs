using System.Net;
using Amazon.Runtime;

namespace Amazon.Athena.Model;

/// <summary>Athena failed; worth trying again.</summary>
public class InternalServerException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonAthenaException(message, innerException, errorType, errorCode, requestId, statusCode);

/// <summary>The request is not valid.</summary>
public class InvalidRequestException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonAthenaException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public string AthenaErrorCode { get; set; }
}

/// <summary>Too many requests, or too many queries at once: wait, then try again.</summary>
public class TooManyRequestsException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonAthenaException(message, innerException, errorType, errorCode, requestId, statusCode);
