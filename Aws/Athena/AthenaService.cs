using System.Text.Json.Serialization;
using Amazon.Athena.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Stedi.Aws.Runtime;
using static Amazon.Athena.Internal.AthenaErrors;

namespace Amazon.Athena.Internal;

/// <summary>The names and shapes of the service on the wire.</summary>
internal static class AthenaService
{
    public static JsonService Instance { get; } = new()
    {
        ServiceId = "Athena",
        EndpointPrefix = "athena",
        ApiVersion = "2017-05-18",
        TargetPrefix = "AmazonAthena",
        Shapes = WireFormat.Of(AthenaJson.Default.FillingTokenOf<StartQueryExecutionRequest>(nameof(StartQueryExecutionRequest.ClientRequestToken))),
        Undeclared = AthenaErrors.Undeclared,
    };
}

/// <summary>The operations with the errors that each declares.</summary>
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

}

/// <summary>Creates the exceptions of the declared errors.</summary>
internal static class AthenaErrors
{
    public static readonly ModelledError InternalServer = new(nameof(InternalServerException), (e, extra) =>
        new InternalServerException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode));

    public static readonly ModelledError InvalidRequest = new(nameof(InvalidRequestException), (e, extra) =>
        new InvalidRequestException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode) { AthenaErrorCode = extra.Text("AthenaErrorCode") });

    public static readonly ModelledError TooManyRequests = new(nameof(TooManyRequestsException), (e, extra) =>
        new TooManyRequestsException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode));

    /// <summary>Creates the exception of an error that the operation does not declare.</summary>
    public static AmazonServiceException Undeclared(ErrorResponse e) =>
        new AmazonAthenaException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode);
}

[JsonSerializable(typeof(StartQueryExecutionRequest))]
[JsonSerializable(typeof(StartQueryExecutionResponse))]
[JsonSerializable(typeof(GetQueryExecutionRequest))]
[JsonSerializable(typeof(GetQueryExecutionResponse))]
[JsonSerializable(typeof(GetQueryResultsRequest))]
[JsonSerializable(typeof(GetQueryResultsResponse))]
[JsonSerializable(typeof(StopQueryExecutionRequest))]
[JsonSerializable(typeof(StopQueryExecutionResponse))]
[JsonSerializable(typeof(BatchGetQueryExecutionRequest))]
[JsonSerializable(typeof(BatchGetQueryExecutionResponse))]
[JsonSerializable(typeof(ListQueryExecutionsRequest))]
[JsonSerializable(typeof(ListQueryExecutionsResponse))]
[JsonSerializable(typeof(GetWorkGroupRequest))]
[JsonSerializable(typeof(GetWorkGroupResponse))]
internal sealed partial class AthenaJson : JsonSerializerContext;
