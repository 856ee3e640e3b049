using System.Net;
using Amazon.Runtime;

namespace Amazon.Glue.Model;

/// <summary>The crawler is running.</summary>
public class CrawlerRunningException : AmazonGlueException
{
    public CrawlerRunningException(string message)
        : base(message)
    {
    }

    public CrawlerRunningException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public CrawlerRunningException(Exception innerException)
        : base(innerException)
    {
    }

    public CrawlerRunningException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    public CrawlerRunningException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}
