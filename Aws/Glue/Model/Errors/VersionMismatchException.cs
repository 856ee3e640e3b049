using System.Net;
using Amazon.Runtime;

namespace Amazon.Glue.Model;

/// <summary>The version named is not the current one.</summary>
public class VersionMismatchException : AmazonGlueException
{
    public VersionMismatchException(string message)
        : base(message)
    {
    }

    public VersionMismatchException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public VersionMismatchException(Exception innerException)
        : base(innerException)
    {
    }

    public VersionMismatchException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    public VersionMismatchException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}
