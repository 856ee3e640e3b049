using System.Text.Json.Serialization;
using Amazon.Glue.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Stedi.Aws.Runtime;
using static Amazon.Glue.Internal.GlueErrors;

namespace Amazon.Glue.Internal;

/// <summary>The names and shapes of the service on the wire.</summary>
internal static class GlueService
{
    public static JsonService Instance { get; } = new()
    {
        ServiceId = "Glue",
        EndpointPrefix = "glue",
        ApiVersion = "2017-03-31",
        TargetPrefix = "AWSGlue",
        Shapes = WireFormat.Of(GlueJson.Default),
        Undeclared = GlueErrors.Undeclared,
    };
}

/// <summary>The operations with the errors that each declares.</summary>
internal static class GlueOperations
{
    public static readonly InvokeOptions GetDatabase = GlueService.Instance.Operation<GetDatabaseRequest, GetDatabaseResponse>(
        EntityNotFound, FederationSource, FederationSourceRetryable, GlueEncryption, InternalService, InvalidInput, OperationTimeout);

    public static readonly InvokeOptions CreateDatabase = GlueService.Instance.Operation<CreateDatabaseRequest, CreateDatabaseResponse>(
        AlreadyExists, ConcurrentModification, FederatedResourceAlreadyExists, FederationSource, FederationSourceRetryable, GlueEncryption, InternalService, InvalidInput, OperationTimeout, ResourceNumberLimitExceeded);

    public static readonly InvokeOptions GetTable = GlueService.Instance.Operation<GetTableRequest, GetTableResponse>(
        EntityNotFound, FederationSource, FederationSourceRetryable, GlueEncryption, InternalService, InvalidInput, OperationTimeout, ResourceNotReady);

    public static readonly InvokeOptions GetTables = GlueService.Instance.Operation<GetTablesRequest, GetTablesResponse>(
        EntityNotFound, FederationSource, FederationSourceRetryable, GlueEncryption, InternalService, InvalidInput, OperationTimeout);

    public static readonly InvokeOptions CreateTable = GlueService.Instance.Operation<CreateTableRequest, CreateTableResponse>(
        AlreadyExists, ConcurrentModification, EntityNotFound, FederationSource, FederationSourceRetryable, GlueEncryption, InternalService, InvalidInput, OperationTimeout, ResourceNotReady, ResourceNumberLimitExceeded);

    public static readonly InvokeOptions UpdateTable = GlueService.Instance.Operation<UpdateTableRequest, UpdateTableResponse>(
        AlreadyExists, ConcurrentModification, EntityNotFound, FederationSource, FederationSourceRetryable, GlueEncryption, InternalService, InvalidInput, OperationTimeout, ResourceNotReady, ResourceNumberLimitExceeded);

    public static readonly InvokeOptions DeleteTable = GlueService.Instance.Operation<DeleteTableRequest, DeleteTableResponse>(
        ConcurrentModification, EntityNotFound, FederationSource, FederationSourceRetryable, InternalService, InvalidInput, OperationTimeout, ResourceNotReady);

    public static readonly InvokeOptions CreateCrawler = GlueService.Instance.Operation<CreateCrawlerRequest, CreateCrawlerResponse>(
        AlreadyExists, InvalidInput, OperationTimeout, ResourceNumberLimitExceeded);

    public static readonly InvokeOptions UpdateCrawler = GlueService.Instance.Operation<UpdateCrawlerRequest, UpdateCrawlerResponse>(
        CrawlerRunning, EntityNotFound, InvalidInput, OperationTimeout, VersionMismatch);

    public static readonly InvokeOptions StartCrawler = GlueService.Instance.Operation<StartCrawlerRequest, StartCrawlerResponse>(
        CrawlerRunning, EntityNotFound, OperationTimeout);

    public static readonly InvokeOptions GetCrawler = GlueService.Instance.Operation<GetCrawlerRequest, GetCrawlerResponse>(
        EntityNotFound, OperationTimeout);

}

/// <summary>Creates the exceptions of the declared errors.</summary>
internal static class GlueErrors
{
    public static readonly ModelledError AlreadyExists = new(nameof(AlreadyExistsException), (e, extra) =>
        new AlreadyExistsException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode));

    public static readonly ModelledError ConcurrentModification = new(nameof(ConcurrentModificationException), (e, extra) =>
        new ConcurrentModificationException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode));

    public static readonly ModelledError CrawlerRunning = new(nameof(CrawlerRunningException), (e, extra) =>
        new CrawlerRunningException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode));

    public static readonly ModelledError EntityNotFound = new(nameof(EntityNotFoundException), (e, extra) =>
        new EntityNotFoundException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode) { FromFederationSource = extra.Flag("FromFederationSource") });

    public static readonly ModelledError FederatedResourceAlreadyExists = new(nameof(FederatedResourceAlreadyExistsException), (e, extra) =>
        new FederatedResourceAlreadyExistsException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode) { AssociatedGlueResource = extra.Text("AssociatedGlueResource") });

    public static readonly ModelledError FederationSource = new(nameof(FederationSourceException), (e, extra) =>
        new FederationSourceException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode));

    public static readonly ModelledError FederationSourceRetryable = new(nameof(FederationSourceRetryableException), (e, extra) =>
        new FederationSourceRetryableException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode));

    public static readonly ModelledError GlueEncryption = new(nameof(GlueEncryptionException), (e, extra) =>
        new GlueEncryptionException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode));

    public static readonly ModelledError InternalService = new(nameof(InternalServiceException), (e, extra) =>
        new InternalServiceException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode));

    public static readonly ModelledError InvalidInput = new(nameof(InvalidInputException), (e, extra) =>
        new InvalidInputException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode) { FromFederationSource = extra.Flag("FromFederationSource") });

    public static readonly ModelledError OperationTimeout = new(nameof(OperationTimeoutException), (e, extra) =>
        new OperationTimeoutException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode));

    public static readonly ModelledError ResourceNotReady = new(nameof(ResourceNotReadyException), (e, extra) =>
        new ResourceNotReadyException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode));

    public static readonly ModelledError ResourceNumberLimitExceeded = new(nameof(ResourceNumberLimitExceededException), (e, extra) =>
        new ResourceNumberLimitExceededException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode));

    public static readonly ModelledError VersionMismatch = new(nameof(VersionMismatchException), (e, extra) =>
        new VersionMismatchException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode));

    /// <summary>Creates the exception of an error that the operation does not declare.</summary>
    public static AmazonServiceException Undeclared(ErrorResponse e) =>
        new AmazonGlueException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode);
}

[JsonSerializable(typeof(GetDatabaseRequest))]
[JsonSerializable(typeof(GetDatabaseResponse))]
[JsonSerializable(typeof(CreateDatabaseRequest))]
[JsonSerializable(typeof(CreateDatabaseResponse))]
[JsonSerializable(typeof(GetTableRequest))]
[JsonSerializable(typeof(GetTableResponse))]
[JsonSerializable(typeof(GetTablesRequest))]
[JsonSerializable(typeof(GetTablesResponse))]
[JsonSerializable(typeof(CreateTableRequest))]
[JsonSerializable(typeof(CreateTableResponse))]
[JsonSerializable(typeof(UpdateTableRequest))]
[JsonSerializable(typeof(UpdateTableResponse))]
[JsonSerializable(typeof(DeleteTableRequest))]
[JsonSerializable(typeof(DeleteTableResponse))]
[JsonSerializable(typeof(CreateCrawlerRequest))]
[JsonSerializable(typeof(CreateCrawlerResponse))]
[JsonSerializable(typeof(UpdateCrawlerRequest))]
[JsonSerializable(typeof(UpdateCrawlerResponse))]
[JsonSerializable(typeof(StartCrawlerRequest))]
[JsonSerializable(typeof(StartCrawlerResponse))]
[JsonSerializable(typeof(GetCrawlerRequest))]
[JsonSerializable(typeof(GetCrawlerResponse))]
internal sealed partial class GlueJson : JsonSerializerContext;
