using Grpc.Core;
using Temporalio.Api.ErrorDetails.V1;

namespace Stedi.DevStack.Temporal.Frontend;

/// <summary>Every way a request can fail, with the code and detail the SDKs expect.</summary>
public static class Failures
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

    public static RequestException Unavailable(string message) => new(StatusCode.Unavailable, message);
}
