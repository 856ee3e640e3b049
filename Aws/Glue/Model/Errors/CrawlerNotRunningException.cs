using System.Net;
using Amazon.Runtime;

namespace Amazon.Glue.Model;

/// <summary>The crawler is not running.</summary>
public class CrawlerNotRunningException : AmazonGlueException
{
    public CrawlerNotRunningException(string message)
        : base(message)
    {
    }

    public CrawlerNotRunningException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public CrawlerNotRunningException(Exception innerException)
        : base(innerException)
    {
    }

    public CrawlerNotRunningException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    public CrawlerNotRunningException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}
