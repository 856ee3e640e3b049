using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Commits;
using Stedi.DevStack.Temporal.Engine.Executions;
using Stedi.DevStack.Temporal.Engine.Lifecycle;
using Stedi.DevStack.Temporal.Engine.Transitions;
using Stedi.DevStack.Temporal.Namespaces;
using Stedi.DevStack.Temporal.Rpc;
using Stedi.DevStack.Temporal.Visibility;

namespace Stedi.DevStack.Temporal.Workflows;

/// <summary>Signals an open run.</summary>
public sealed class SignalWorkflowExecution(NamespaceDirectory namespaces, ExecutionDirectory executions)
    : IOperation<SignalWorkflowExecutionRequest, SignalWorkflowExecutionResponse>
{
    public async Task<SignalWorkflowExecutionResponse> ExecuteAsync(SignalWorkflowExecutionRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        if (request.SignalName.Length == 0)
        {
            throw RpcErrors.InvalidArgument("SignalName is not set on request.");
        }

        await executions.DecideAsync(request.Namespace, request.WorkflowExecution, tx =>
        {
            RunPreconditions.RequireOpen(tx);
            RunRequests.Signal(
                tx,
                new() { SignalName = request.SignalName, Input = request.Input, Header = request.Header, Identity = request.Identity },
                request.RequestId,
                request.Links);
        });
        return new();
    }
}

/// <summary>Signals the open run of a workflow id, or starts a run with the signal in its history.</summary>
public sealed class SignalWithStartWorkflowExecution(NamespaceDirectory namespaces, ExecutionDirectory executions, SearchAttributeValidator attributes)
    : IOperation<SignalWithStartWorkflowExecutionRequest, SignalWithStartWorkflowExecutionResponse>
{
    public Task<SignalWithStartWorkflowExecutionResponse> ExecuteAsync(SignalWithStartWorkflowExecutionRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        var start = StartOf(request);
        StartRequests.Validate(start);
        attributes.ThrowIfInvalid(request.Namespace, request.SearchAttributes);
        if (request.SignalName.Length == 0)
        {
            throw RpcErrors.InvalidArgument("SignalName is not set on request.");
        }

        return executions.DecideAsync(new WorkflowKey(request.Namespace, request.WorkflowId), work => Decide(work, request, start));
    }

    private static SignalWithStartWorkflowExecutionResponse Decide(
        UnitOfWork work, SignalWithStartWorkflowExecutionRequest request, StartWorkflowExecutionRequest start)
    {
        var policies = new WorkflowIdPolicies(start.WorkflowIdReusePolicy, start.WorkflowIdConflictPolicy, start.RequestId);
        var existing = WorkflowIdClaim.Claim(work, policies, request.Identity);
        var run = existing ?? RunStarter.Start(work, StartRequests.ToNewRun(start, work.Now));
        var isRepeated = existing is not null && existing.State.StartRequestId == request.RequestId;
        if (!isRepeated)
        {
            EndStartDelay(existing);
            RunRequests.Signal(
                run,
                new() { SignalName = request.SignalName, Input = request.SignalInput, Header = request.Header, Identity = request.Identity },
                request.RequestId,
                request.Links);
        }

        return new() { RunId = run.State.RunId, Started = existing is null };
    }

    // A second signal-with-start ends the start delay of the first, whatever delay it has itself.
    private static void EndStartDelay(Transaction? existing)
    {
        if (existing?.State.FirstTaskDue is not null && existing.Execution.Started.CronSchedule.Length == 0)
        {
            existing.State.FirstTaskDue = null;
            existing.RequestWorkflowTask();
        }
    }

    private static StartWorkflowExecutionRequest StartOf(SignalWithStartWorkflowExecutionRequest request) => new()
    {
        Namespace = request.Namespace,
        WorkflowId = request.WorkflowId,
        WorkflowType = request.WorkflowType,
        TaskQueue = request.TaskQueue,
        Input = request.Input,
        WorkflowExecutionTimeout = request.WorkflowExecutionTimeout,
        WorkflowRunTimeout = request.WorkflowRunTimeout,
        WorkflowTaskTimeout = request.WorkflowTaskTimeout,
        Identity = request.Identity,
        RequestId = request.RequestId,
        WorkflowIdReusePolicy = request.WorkflowIdReusePolicy,
        WorkflowIdConflictPolicy = request.WorkflowIdConflictPolicy == WorkflowIdConflictPolicy.TerminateExisting
            ? WorkflowIdConflictPolicy.TerminateExisting
            : WorkflowIdConflictPolicy.UseExisting,
        RetryPolicy = request.RetryPolicy,
        CronSchedule = request.CronSchedule,
        Memo = request.Memo,
        SearchAttributes = request.SearchAttributes,
        Header = request.Header,
        WorkflowStartDelay = request.WorkflowStartDelay,
        UserMetadata = request.UserMetadata,
        Priority = request.Priority,
    };
}
