using System.Net;
using Amazon.Runtime;

namespace Amazon.Glue.Model;

/// <summary>A federated catalogue failed; worth trying again.</summary>
public class FederationSourceRetryableException : AmazonGlueException
{
    public FederationSourceRetryableException(string message)
        : base(message)
    {
    }

    public FederationSourceRetryableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public FederationSourceRetryableException(Exception innerException)
        : base(innerException)
    {
    }

    public FederationSourceRetryableException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    public FederationSourceRetryableException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}
