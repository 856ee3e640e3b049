using Stedi.DevStack.Temporal.Engine.Commits;
using Stedi.DevStack.Temporal.Engine.Lifecycle;
using Stedi.DevStack.Temporal.Namespaces;
using Stedi.DevStack.Temporal.Rpc;

namespace Stedi.DevStack.Temporal.Workflows;

/// <summary>Starts a new run that continues from an earlier workflow task of another run.</summary>
public sealed class ResetWorkflowExecution(NamespaceDirectory namespaces, ExecutionDirectory executions)
    : IOperation<ResetWorkflowExecutionRequest, ResetWorkflowExecutionResponse>
{
    public Task<ResetWorkflowExecutionResponse> ExecuteAsync(ResetWorkflowExecutionRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        return executions.DecideAsync(request.Namespace, request.WorkflowExecution, tx =>
        {
            if (tx.Work.Current() is { } current && request.RequestId.Length > 0 && current.State.StartRequestId == request.RequestId)
            {
                return new ResetWorkflowExecutionResponse { RunId = current.State.RunId };
            }

            var reset = RunReset.Reset(
                tx.Work, tx, request.WorkflowTaskFinishEventId, request.Reason, request.RequestId, ReapplyOf(request));
            return new ResetWorkflowExecutionResponse { RunId = reset.State.RunId };
        });
    }

    private static ResetReapply ReapplyOf(ResetWorkflowExecutionRequest request)
    {
        var isNone = request.ResetReapplyType == ResetReapplyType.None;
        return new(
            Signals: !isNone && !request.ResetReapplyExcludeTypes.Contains(ResetReapplyExcludeType.Signal),
            Cancellation: !isNone && request.ResetReapplyType != ResetReapplyType.Signal
                && !request.ResetReapplyExcludeTypes.Contains(ResetReapplyExcludeType.CancelRequest));
    }
}
