using Stedi.DevStack.Temporal.Common;
using Temporalio.Api.Workflow.V1;

namespace Stedi.DevStack.Temporal.Engine.Executions;

/// <summary>Converts a run's state to the form of lists and descriptions.</summary>
public static class ExecutionInfo
{
    public static WorkflowExecutionInfo Of(ExecutionState state) => new()
    {
        Execution = new() { WorkflowId = state.WorkflowId, RunId = state.RunId },
        Type = new() { Name = state.WorkflowType },
        StartTime = state.StartTime.ToTimestamp(),
        CloseTime = state.CloseTime.ToTimestamp(),
        ExecutionTime = state.ExecutionTime.ToTimestamp(),
        ExecutionDuration = state.CloseTime is { } closed ? (closed - state.ExecutionTime).ToDuration() : null,
        Status = state.Status,
        HistoryLength = state.HistoryLength,
        HistorySizeBytes = state.HistorySizeBytes,
        StateTransitionCount = state.StateTransitions,
        ParentExecution = state.Parent,
        ParentNamespaceId = state.ParentNamespace,
        RootExecution = state.Root ?? new() { WorkflowId = state.WorkflowId, RunId = state.RunId },
        Memo = state.Memo ?? new(),
        SearchAttributes = state.SearchAttributes ?? new(),
        TaskQueue = state.TaskQueue,
        FirstRunId = state.FirstRunId,
        Priority = state.Priority,
    };
}
