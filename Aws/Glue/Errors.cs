using System.Net;
using Amazon.Runtime;

namespace Amazon.Glue.Model;

/// <summary>A resource of that name exists already.</summary>
public class AlreadyExistsException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonGlueException(message, innerException, errorType, errorCode, requestId, statusCode);

/// <summary>The resource was changed concurrently. Read it again and retry.</summary>
public class ConcurrentModificationException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonGlueException(message, innerException, errorType, errorCode, requestId, statusCode);

/// <summary>The crawler is running.</summary>
public class CrawlerRunningException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonGlueException(message, innerException, errorType, errorCode, requestId, statusCode);

/// <summary>The requested resource does not exist.</summary>
public class EntityNotFoundException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonGlueException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public bool? FromFederationSource { get; set; }
}

/// <summary>A federated resource of that name exists already.</summary>
public class FederatedResourceAlreadyExistsException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonGlueException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public string AssociatedGlueResource { get; set; }
}

/// <summary>A federated catalogue failed.</summary>
public class FederationSourceException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonGlueException(message, innerException, errorType, errorCode, requestId, statusCode);

/// <summary>A federated catalogue failed; can be retried.</summary>
public class FederationSourceRetryableException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonGlueException(message, innerException, errorType, errorCode, requestId, statusCode);

/// <summary>The catalogue could not be encrypted or decrypted.</summary>
public class GlueEncryptionException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonGlueException(message, innerException, errorType, errorCode, requestId, statusCode);

/// <summary>Glue failed; can be retried.</summary>
public class InternalServiceException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonGlueException(message, innerException, errorType, errorCode, requestId, statusCode);

/// <summary>The request is not valid.</summary>
public class InvalidInputException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonGlueException(message, innerException, errorType, errorCode, requestId, statusCode)
{
    public bool? FromFederationSource { get; set; }
}

/// <summary>The operation timed out; can be retried.</summary>
public class OperationTimeoutException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonGlueException(message, innerException, errorType, errorCode, requestId, statusCode);

/// <summary>The requested resource is not ready yet.</summary>
public class ResourceNotReadyException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonGlueException(message, innerException, errorType, errorCode, requestId, statusCode);

/// <summary>A limit of the account is reached.</summary>
public class ResourceNumberLimitExceededException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonGlueException(message, innerException, errorType, errorCode, requestId, statusCode);

/// <summary>The given version is not the current one.</summary>
public class VersionMismatchException(string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
    : AmazonGlueException(message, innerException, errorType, errorCode, requestId, statusCode);
