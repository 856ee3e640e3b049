using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Commits;
using Stedi.DevStack.Temporal.Engine.Executions;
using Stedi.DevStack.Temporal.Engine.Lifecycle;
using Stedi.DevStack.Temporal.Engine.Transitions;
using Stedi.DevStack.Temporal.Namespaces;
using Stedi.DevStack.Temporal.Rpc;
using Stedi.DevStack.Temporal.Visibility;

namespace Stedi.DevStack.Temporal.Workflows;

/// <summary>Starts a workflow, or returns the run that the id policies choose instead.</summary>
public sealed class StartWorkflowExecution(NamespaceDirectory namespaces, ExecutionDirectory executions, SearchAttributeValidator attributes)
    : IOperation<StartWorkflowExecutionRequest, StartWorkflowExecutionResponse>
{
    public Task<StartWorkflowExecutionResponse> ExecuteAsync(StartWorkflowExecutionRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        StartRequests.Validate(request);
        attributes.ThrowIfInvalid(request.Namespace, request.SearchAttributes);
        return executions.DecideAsync(new WorkflowKey(request.Namespace, request.WorkflowId), work => Start(work, request));
    }

    internal static StartWorkflowExecutionResponse Start(UnitOfWork work, StartWorkflowExecutionRequest request)
    {
        var policies = new WorkflowIdPolicies(request.WorkflowIdReusePolicy, request.WorkflowIdConflictPolicy, request.RequestId);
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

/// <summary>Validates start requests and turns them into runs.</summary>
internal static class StartRequests
{
    private const int LongestId = 1000;

    public static void Validate(StartWorkflowExecutionRequest request)
    {
        if (request.WorkflowId.Length is 0 or > LongestId)
        {
            throw RpcErrors.InvalidArgument(request.WorkflowId.Length == 0 ? "WorkflowId is not set on request." : "WorkflowId length exceeds limit.");
        }

        if (string.IsNullOrEmpty(request.WorkflowType?.Name))
        {
            throw RpcErrors.InvalidArgument("WorkflowType is not set on request.");
        }

        if (string.IsNullOrEmpty(request.TaskQueue?.Name))
        {
            throw RpcErrors.InvalidArgument("TaskQueue is not set on request.");
        }

        foreach (var (name, duration) in new[]
        {
            ("WorkflowExecutionTimeout", request.WorkflowExecutionTimeout), ("WorkflowRunTimeout", request.WorkflowRunTimeout),
            ("WorkflowTaskTimeout", request.WorkflowTaskTimeout), ("WorkflowStartDelay", request.WorkflowStartDelay),
        })
        {
            if (duration.IsNegative())
            {
                throw RpcErrors.InvalidArgument($"An invalid {name} is set on request.");
            }
        }

        if (request.WorkflowIdReusePolicy == WorkflowIdReusePolicy.TerminateIfRunning
            && request.WorkflowIdConflictPolicy != WorkflowIdConflictPolicy.Unspecified)
        {
            throw RpcErrors.InvalidArgument(
                "Invalid WorkflowIDReusePolicy: WORKFLOW_ID_REUSE_POLICY_TERMINATE_IF_RUNNING cannot be used together with a WorkflowIDConflictPolicy.");
        }

        if (request.CronSchedule.Length > 0 && request.WorkflowStartDelay.ToSpan() > TimeSpan.Zero)
        {
            throw RpcErrors.InvalidArgument("CronSchedule and WorkflowStartDelay may not be used together.");
        }
    }

    public static NewRun ToNewRun(StartWorkflowExecutionRequest request, DateTimeOffset now)
    {
        var backoff = request.CronSchedule.Length > 0
            ? CronBackoff.Until(request.CronSchedule, now, now)
            : request.WorkflowStartDelay.ToSpan();
        return new(new WorkflowExecutionStartedEventAttributes
        {
            WorkflowType = request.WorkflowType,
            TaskQueue = new() { Name = request.TaskQueue.Name, Kind = TaskQueueKind.Normal },
            Input = request.Input,
            WorkflowExecutionTimeout = request.WorkflowExecutionTimeout,
            WorkflowRunTimeout = request.WorkflowRunTimeout,
            WorkflowTaskTimeout = request.WorkflowTaskTimeout,
            Identity = request.Identity,
            RetryPolicy = request.RetryPolicy,
            CronSchedule = request.CronSchedule,
            FirstWorkflowTaskBackoff = backoff.ToOptionalDuration(),
            Memo = request.Memo,
            SearchAttributes = request.SearchAttributes,
            Header = request.Header,
            ContinuedFailure = request.ContinuedFailure,
            LastCompletionResult = request.LastCompletionResult,
            Initiator = request.CronSchedule.Length > 0 ? ContinueAsNewInitiator.CronSchedule : ContinueAsNewInitiator.Unspecified,
            Priority = request.Priority,
        })
        {
            RequestId = request.RequestId,
            UserMetadata = request.UserMetadata,
            Links = request.Links,
        };
    }
}
