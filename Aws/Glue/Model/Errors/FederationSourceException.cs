using System.Net;
using Amazon.Runtime;

namespace Amazon.Glue.Model;

/// <summary>A federated catalogue failed.</summary>
public class FederationSourceException : AmazonGlueException
{
    public FederationSourceErrorCode FederationSourceErrorCode { get; set; }

    public FederationSourceException(string message)
        : base(message)
    {
    }

    public FederationSourceException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public FederationSourceException(Exception innerException)
        : base(innerException)
    {
    }

    public FederationSourceException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    public FederationSourceException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}
