using Amazon.Glue.Model;
using Amazon.Runtime.Internal;
using static Amazon.Glue.Internal.GlueErrors;

namespace Amazon.Glue.Internal;

/// <summary>The operations, each with the errors it declares.</summary>
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

    public static readonly InvokeOptions GetTableVersions = GlueService.Instance.Operation<GetTableVersionsRequest, GetTableVersionsResponse>(
        EntityNotFound, GlueEncryption, InternalService, InvalidInput, OperationTimeout);

    public static readonly InvokeOptions CreateTable = GlueService.Instance.Operation<CreateTableRequest, CreateTableResponse>(
        AlreadyExists, ConcurrentModification, EntityNotFound, FederationSource, FederationSourceRetryable, GlueEncryption, InternalService, InvalidInput, OperationTimeout, ResourceNotReady, ResourceNumberLimitExceeded);

    public static readonly InvokeOptions UpdateTable = GlueService.Instance.Operation<UpdateTableRequest, UpdateTableResponse>(
        AlreadyExists, ConcurrentModification, EntityNotFound, FederationSource, FederationSourceRetryable, GlueEncryption, InternalService, InvalidInput, OperationTimeout, ResourceNotReady, ResourceNumberLimitExceeded);

    public static readonly InvokeOptions DeleteTable = GlueService.Instance.Operation<DeleteTableRequest, DeleteTableResponse>(
        ConcurrentModification, EntityNotFound, FederationSource, FederationSourceRetryable, InternalService, InvalidInput, OperationTimeout, ResourceNotReady);

    public static readonly InvokeOptions GetPartitions = GlueService.Instance.Operation<GetPartitionsRequest, GetPartitionsResponse>(
        EntityNotFound, FederationSource, FederationSourceRetryable, GlueEncryption, InternalService, InvalidInput, InvalidState, OperationTimeout, ResourceNotReady);

    public static readonly InvokeOptions BatchCreatePartition = GlueService.Instance.Operation<BatchCreatePartitionRequest, BatchCreatePartitionResponse>(
        AlreadyExists, ConcurrentModification, EntityNotFound, GlueEncryption, InternalService, InvalidInput, OperationTimeout, ResourceNumberLimitExceeded);

    public static readonly InvokeOptions CreateCrawler = GlueService.Instance.Operation<CreateCrawlerRequest, CreateCrawlerResponse>(
        AlreadyExists, InvalidInput, OperationTimeout, ResourceNumberLimitExceeded);

    public static readonly InvokeOptions UpdateCrawler = GlueService.Instance.Operation<UpdateCrawlerRequest, UpdateCrawlerResponse>(
        CrawlerRunning, EntityNotFound, InvalidInput, OperationTimeout, VersionMismatch);

    public static readonly InvokeOptions StartCrawler = GlueService.Instance.Operation<StartCrawlerRequest, StartCrawlerResponse>(
        CrawlerRunning, EntityNotFound, OperationTimeout);

    public static readonly InvokeOptions GetCrawler = GlueService.Instance.Operation<GetCrawlerRequest, GetCrawlerResponse>(
        EntityNotFound, OperationTimeout);

    public static readonly InvokeOptions StopCrawler = GlueService.Instance.Operation<StopCrawlerRequest, StopCrawlerResponse>(
        CrawlerNotRunning, CrawlerStopping, EntityNotFound, OperationTimeout);
}
