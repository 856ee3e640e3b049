using System.Net;
using Amazon.Runtime;

namespace Amazon.Glue.Model;

/// <summary>The catalogue could not be decrypted or encrypted.</summary>
public class GlueEncryptionException : AmazonGlueException
{
    public GlueEncryptionException(string message)
        : base(message)
    {
    }

    public GlueEncryptionException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public GlueEncryptionException(Exception innerException)
        : base(innerException)
    {
    }

    public GlueEncryptionException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    public GlueEncryptionException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}
