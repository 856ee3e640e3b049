using Stedi.DevStack.Temporal.Activities;
using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Commits;
using Stedi.DevStack.Temporal.Engine.Executions;
using Stedi.DevStack.Temporal.Namespaces;
using Stedi.DevStack.Temporal.Rpc;

namespace Stedi.DevStack.Temporal.Workflows;

/// <summary>Describes a run: its configuration, status and pending work.</summary>
public sealed class DescribeWorkflowExecution(NamespaceDirectory namespaces, ExecutionDirectory executions)
    : IOperation<DescribeWorkflowExecutionRequest, DescribeWorkflowExecutionResponse>
{
    public Task<DescribeWorkflowExecutionResponse> ExecuteAsync(DescribeWorkflowExecutionRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        return executions.DecideAsync(request.Namespace, request.Execution, tx => Describe(tx.Execution));
    }

    private static DescribeWorkflowExecutionResponse Describe(Execution execution)
    {
        var (state, started) = (execution.State, execution.Started);
        return new()
        {
            ExecutionConfig = new()
            {
                TaskQueue = new() { Name = state.TaskQueue, Kind = TaskQueueKind.Normal },
                WorkflowExecutionTimeout = started.WorkflowExecutionTimeout,
                WorkflowRunTimeout = started.WorkflowRunTimeout,
                DefaultWorkflowTaskTimeout = started.WorkflowTaskTimeout,
                UserMetadata = state.UserMetadata,
            },
            WorkflowExecutionInfo = ExecutionInfo.Of(state),
            PendingActivities =
            {
                state.Activities.Values.Where(a => a.Phase != ActivityPhase.Closed).Select(PendingActivityDescription.Of),
            },
            PendingChildren = { state.Children.Values.Where(c => c.Phase != ChildPhase.Closed).Select(Describe) },
            PendingWorkflowTask = Describe(state.WorkflowTask),
            WorkflowExtendedInfo = new()
            {
                ExecutionExpirationTime = state.ExecutionExpiration.ToTimestamp(),
                RunExpirationTime = state.RunExpiration.ToTimestamp(),
                CancelRequested = state.CancelRequested,
                OriginalStartTime = state.StartTime.ToTimestamp(),
            },
        };
    }

    private static Temporalio.Api.Workflow.V1.PendingChildExecutionInfo Describe(ChildState child) => new()
    {
        WorkflowId = child.WorkflowId,
        RunId = child.RunId,
        WorkflowTypeName = child.WorkflowType,
        InitiatedId = child.InitiatedEventId,
        ParentClosePolicy = child.ParentClosePolicy,
    };

    private static Temporalio.Api.Workflow.V1.PendingWorkflowTaskInfo? Describe(WorkflowTaskState task) =>
        task.Phase == WorkflowTaskPhase.None ? null : new()
        {
            State = task.Phase == WorkflowTaskPhase.Started ? PendingWorkflowTaskState.Started : PendingWorkflowTaskState.Scheduled,
            ScheduledTime = task.ScheduledTime.ToTimestamp(),
            OriginalScheduledTime = task.OriginalScheduledTime.ToTimestamp(),
            StartedTime = task.Phase == WorkflowTaskPhase.Started ? task.StartedTime.ToTimestamp() : null,
            Attempt = task.Attempt,
        };
}
