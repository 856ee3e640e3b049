using Amazon.Glue.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Stedi.Aws.Runtime;

namespace Amazon.Glue.Internal;

/// <summary>How each declared error of the service is made from what came over the wire.</summary>
internal static class GlueErrors
{
    public static readonly ModelledError AlreadyExists = new(nameof(AlreadyExistsException), (e, extra) =>
        new AlreadyExistsException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode));

    public static readonly ModelledError ConcurrentModification = new(nameof(ConcurrentModificationException), (e, extra) =>
        new ConcurrentModificationException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode));

    public static readonly ModelledError CrawlerNotRunning = new(nameof(CrawlerNotRunningException), (e, extra) =>
        new CrawlerNotRunningException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode));

    public static readonly ModelledError CrawlerRunning = new(nameof(CrawlerRunningException), (e, extra) =>
        new CrawlerRunningException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode));

    public static readonly ModelledError CrawlerStopping = new(nameof(CrawlerStoppingException), (e, extra) =>
        new CrawlerStoppingException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode));

    public static readonly ModelledError EntityNotFound = new(nameof(EntityNotFoundException), (e, extra) =>
        new EntityNotFoundException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode) { FromFederationSource = extra.Flag("FromFederationSource") });

    public static readonly ModelledError FederatedResourceAlreadyExists = new(nameof(FederatedResourceAlreadyExistsException), (e, extra) =>
        new FederatedResourceAlreadyExistsException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode) { AssociatedGlueResource = extra.Text("AssociatedGlueResource") });

    public static readonly ModelledError FederationSource = new(nameof(FederationSourceException), (e, extra) =>
        new FederationSourceException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode) { FederationSourceErrorCode = extra.Text("FederationSourceErrorCode") });

    public static readonly ModelledError FederationSourceRetryable = new(nameof(FederationSourceRetryableException), (e, extra) =>
        new FederationSourceRetryableException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode));

    public static readonly ModelledError GlueEncryption = new(nameof(GlueEncryptionException), (e, extra) =>
        new GlueEncryptionException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode));

    public static readonly ModelledError InternalService = new(nameof(InternalServiceException), (e, extra) =>
        new InternalServiceException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode));

    public static readonly ModelledError InvalidInput = new(nameof(InvalidInputException), (e, extra) =>
        new InvalidInputException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode) { FromFederationSource = extra.Flag("FromFederationSource") });

    public static readonly ModelledError InvalidState = new(nameof(InvalidStateException), (e, extra) =>
        new InvalidStateException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode));

    public static readonly ModelledError OperationTimeout = new(nameof(OperationTimeoutException), (e, extra) =>
        new OperationTimeoutException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode));

    public static readonly ModelledError ResourceNotReady = new(nameof(ResourceNotReadyException), (e, extra) =>
        new ResourceNotReadyException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode));

    public static readonly ModelledError ResourceNumberLimitExceeded = new(nameof(ResourceNumberLimitExceededException), (e, extra) =>
        new ResourceNumberLimitExceededException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode));

    public static readonly ModelledError VersionMismatch = new(nameof(VersionMismatchException), (e, extra) =>
        new VersionMismatchException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode));

    /// <summary>The error of an operation that does not declare it.</summary>
    public static AmazonServiceException Undeclared(ErrorResponse e) =>
        new AmazonGlueException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode);
}
