using System.Net;
using Amazon.Runtime;

namespace Amazon.Glue.Model;

/// <summary>The crawler is stopping already.</summary>
public class CrawlerStoppingException : AmazonGlueException
{
    public CrawlerStoppingException(string message)
        : base(message)
    {
    }

    public CrawlerStoppingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public CrawlerStoppingException(Exception innerException)
        : base(innerException)
    {
    }

    public CrawlerStoppingException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    public CrawlerStoppingException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}
