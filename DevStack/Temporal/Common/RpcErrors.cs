using Grpc.Core;
using Temporalio.Api.ErrorDetails.V1;

namespace Stedi.DevStack.Temporal.Common;

/// <summary>A request failed; carries the status and detail that the caller gets.</summary>
/// <param name="code">The gRPC status.</param>
/// <param name="message">The message for people; clients branch on code and detail.</param>
/// <param name="detail">The error detail of temporal.api.errordetails.v1, or <c>null</c>.</param>
public sealed class RequestException(StatusCode code, string message, IMessage? detail = null) : Exception(message)
{
    public StatusCode Code => code;

    public IMessage? Detail => detail;

    /// <summary>The error as google.rpc.Status, with at most one detail, because SDKs read only one.</summary>
    public GrpcStatus ToStatus()
    {
        var status = new GrpcStatus { Code = (int)code, Message = Message };
        if (detail is not null)
        {
            status.Details.Add(Any.Pack(detail));
        }

        return status;
    }
}

/// <summary>Creates the errors of requests, with the codes and details that SDKs expect.</summary>
public static class RpcErrors
{
    public static RequestException InvalidArgument(string message) => new(StatusCode.InvalidArgument, message);

    public static RequestException NotFound(string message) => new(StatusCode.NotFound, message, new NotFoundFailure());

    public static RequestException WorkflowNotFound(string workflowId, string runId) =>
        NotFound(runId.Length == 0
            ? $"workflow not found for ID: {workflowId}"
            : $"workflow not found for ID: {workflowId} and run ID: {runId}");

    public static RequestException AlreadyCompleted() => NotFound("workflow execution already completed");

    public static RequestException NamespaceNotFound(string name) =>
        new(StatusCode.NotFound, $"Namespace {name} is not found.", new NamespaceNotFoundFailure { Namespace = name });

    public static RequestException AlreadyStarted(string message, string startRequestId, string runId) =>
        new(StatusCode.AlreadyExists, message, new WorkflowExecutionAlreadyStartedFailure { StartRequestId = startRequestId, RunId = runId });

    public static RequestException QueryFailed(string message, Failure? failure = null) =>
        new(StatusCode.InvalidArgument, message, new QueryFailedFailure { Failure = failure });

    public static RequestException WorkflowNotReady(string message) =>
        new(StatusCode.FailedPrecondition, message, new WorkflowNotReadyFailure());

    public static RequestException FailedPrecondition(string message) => new(StatusCode.FailedPrecondition, message);

    public static RequestException DeadlineExceeded(string message) => new(StatusCode.DeadlineExceeded, message);

    public static RequestException Unimplemented(string message) => new(StatusCode.Unimplemented, message);
}
