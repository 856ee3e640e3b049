using Stedi.DevStack.Temporal.Executions;
using Stedi.DevStack.Temporal.Frontend;

namespace Stedi.DevStack.Temporal.Operations.Workflows;

/// <summary>What a start request must be, and the run it asks for.</summary>
internal static class StartRequests
{
    private const int LongestId = 1000;

    public static void Validate(StartWorkflowExecutionRequest request)
    {
        if (request.WorkflowId.Length is 0 or > LongestId)
        {
            throw Failures.InvalidArgument(request.WorkflowId.Length == 0 ? "WorkflowId is not set on request." : "WorkflowId length exceeds limit.");
        }

        if (string.IsNullOrEmpty(request.WorkflowType?.Name))
        {
            throw Failures.InvalidArgument("WorkflowType is not set on request.");
        }

        if (string.IsNullOrEmpty(request.TaskQueue?.Name))
        {
            throw Failures.InvalidArgument("TaskQueue is not set on request.");
        }

        foreach (var (name, duration) in new[]
        {
            ("WorkflowExecutionTimeout", request.WorkflowExecutionTimeout), ("WorkflowRunTimeout", request.WorkflowRunTimeout),
            ("WorkflowTaskTimeout", request.WorkflowTaskTimeout), ("WorkflowStartDelay", request.WorkflowStartDelay),
        })
        {
            if (duration.IsNegative())
            {
                throw Failures.InvalidArgument($"An invalid {name} is set on request.");
            }
        }

        if (request.WorkflowIdReusePolicy == WorkflowIdReusePolicy.TerminateIfRunning
            && request.WorkflowIdConflictPolicy != WorkflowIdConflictPolicy.Unspecified)
        {
            throw Failures.InvalidArgument(
                "Invalid WorkflowIDReusePolicy: WORKFLOW_ID_REUSE_POLICY_TERMINATE_IF_RUNNING cannot be used together with a WorkflowIDConflictPolicy.");
        }

        if (request.CronSchedule.Length > 0 && request.WorkflowStartDelay.ToSpan() > TimeSpan.Zero)
        {
            throw Failures.InvalidArgument("CronSchedule and WorkflowStartDelay may not be used together.");
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
