using System.Net;
using Amazon.Runtime;

namespace Amazon.Athena.Model;

/// <summary>The catalogue failed or does not hold what the request names.</summary>
public class MetadataException : AmazonAthenaException
{
    public MetadataException(string message)
        : base(message)
    {
    }

    public MetadataException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public MetadataException(Exception innerException)
        : base(innerException)
    {
    }

    public MetadataException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    public MetadataException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}
