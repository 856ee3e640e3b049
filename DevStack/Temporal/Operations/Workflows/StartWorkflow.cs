using Stedi.DevStack.Temporal.Executions;
using Stedi.DevStack.Temporal.Frontend;
using Stedi.DevStack.Temporal.Visibility;

namespace Stedi.DevStack.Temporal.Operations.Workflows;

/// <summary>Starts a workflow, or finds that it is already there.</summary>
public sealed class StartWorkflow(NamespaceDirectory namespaces, ExecutionDirectory executions, AttributeCheck attributes)
    : IOperation<StartWorkflowExecutionRequest, StartWorkflowExecutionResponse>
{
    public Task<StartWorkflowExecutionResponse> ExecuteAsync(StartWorkflowExecutionRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        StartRequests.Validate(request);
        attributes.Require(request.Namespace, request.SearchAttributes);
        return executions.DecideAsync(new WorkflowKey(request.Namespace, request.WorkflowId), work => Start(work, request));
    }

    internal static StartWorkflowExecutionResponse Start(UnitOfWork work, StartWorkflowExecutionRequest request)
    {
        var policies = new IdPolicies(request.WorkflowIdReusePolicy, request.WorkflowIdConflictPolicy, request.RequestId);
        if (WorkflowIdClaim.Claim(work, policies, request.Identity) is { } existing)
        {
            var isOwn = existing.State.StartRequestId == request.RequestId && request.RequestId.Length > 0;
            return Response(existing, started: isOwn);
        }

        return Response(RunStarter.Start(work, StartRequests.ToNewRun(request, work.Now)), started: true);
    }

    private static StartWorkflowExecutionResponse Response(Transaction run, bool started) => new()
    {
        RunId = run.State.RunId,
        FirstExecutionRunId = run.State.FirstRunId,
        Started = started,
        Status = run.State.Status,
        Link = new()
        {
            WorkflowEvent = new()
            {
                Namespace = run.State.Namespace,
                WorkflowId = run.State.WorkflowId,
                RunId = run.State.RunId,
                EventRef = new() { EventId = 1, EventType = EventType.WorkflowExecutionStarted },
            },
        },
    };
}
