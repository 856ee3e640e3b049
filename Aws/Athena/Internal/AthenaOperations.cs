using Amazon.Athena.Model;
using Amazon.Runtime.Internal;
using static Amazon.Athena.Internal.AthenaErrors;

namespace Amazon.Athena.Internal;

/// <summary>The operations, each with the errors it declares.</summary>
internal static class AthenaOperations
{
    public static readonly InvokeOptions StartQueryExecution = AthenaService.Instance.Operation<StartQueryExecutionRequest, StartQueryExecutionResponse>(
        InternalServer, InvalidRequest, TooManyRequests);

    public static readonly InvokeOptions GetQueryExecution = AthenaService.Instance.Operation<GetQueryExecutionRequest, GetQueryExecutionResponse>(
        InternalServer, InvalidRequest);

    public static readonly InvokeOptions GetQueryResults = AthenaService.Instance.Operation<GetQueryResultsRequest, GetQueryResultsResponse>(
        InternalServer, InvalidRequest, TooManyRequests);

    public static readonly InvokeOptions StopQueryExecution = AthenaService.Instance.Operation<StopQueryExecutionRequest, StopQueryExecutionResponse>(
        InternalServer, InvalidRequest);

    public static readonly InvokeOptions BatchGetQueryExecution = AthenaService.Instance.Operation<BatchGetQueryExecutionRequest, BatchGetQueryExecutionResponse>(
        InternalServer, InvalidRequest);

    public static readonly InvokeOptions ListQueryExecutions = AthenaService.Instance.Operation<ListQueryExecutionsRequest, ListQueryExecutionsResponse>(
        InternalServer, InvalidRequest);

    public static readonly InvokeOptions GetWorkGroup = AthenaService.Instance.Operation<GetWorkGroupRequest, GetWorkGroupResponse>(
        InternalServer, InvalidRequest);

    public static readonly InvokeOptions CreateWorkGroup = AthenaService.Instance.Operation<CreateWorkGroupRequest, CreateWorkGroupResponse>(
        InternalServer, InvalidRequest);

    public static readonly InvokeOptions GetTableMetadata = AthenaService.Instance.Operation<GetTableMetadataRequest, GetTableMetadataResponse>(
        InternalServer, InvalidRequest, Metadata);
}
