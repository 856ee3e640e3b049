using System.Net;
using Amazon.Runtime;

namespace Amazon.Glue.Model;

/// <summary>A federated resource of that name exists.</summary>
public class FederatedResourceAlreadyExistsException : AmazonGlueException
{
    public string AssociatedGlueResource { get; set; }

    public FederatedResourceAlreadyExistsException(string message)
        : base(message)
    {
    }

    public FederatedResourceAlreadyExistsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public FederatedResourceAlreadyExistsException(Exception innerException)
        : base(innerException)
    {
    }

    public FederatedResourceAlreadyExistsException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    public FederatedResourceAlreadyExistsException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}
