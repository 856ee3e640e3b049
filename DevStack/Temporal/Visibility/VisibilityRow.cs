using Temporalio.Api.Workflow.V1;

namespace Stedi.DevStack.Temporal.Visibility;

/// <summary>A run as queries see it.</summary>
public sealed record VisibilityRow(string Namespace, WorkflowExecutionInfo Info)
{
    /// <summary>The value of an attribute: string, bool, double, time or list of strings; <c>null</c> where the run has none.</summary>
    public object? this[string attribute] => attribute switch
    {
        "WorkflowId" => Info.Execution.WorkflowId,
        "RunId" => Info.Execution.RunId,
        "WorkflowType" => Info.Type.Name,
        "TaskQueue" => Info.TaskQueue,
        "ExecutionStatus" => Info.Status.ToString(),
        "StartTime" => Info.StartTime.ToDateTimeOffset(),
        "CloseTime" => Info.CloseTime?.ToDateTimeOffset(),
        "ExecutionTime" => Info.ExecutionTime.ToDateTimeOffset(),
        "ExecutionDuration" => Info.ExecutionDuration is { } duration ? duration.ToTimeSpan().TotalNanoseconds : null,
        "HistoryLength" => (double)Info.HistoryLength,
        "HistorySizeBytes" => (double)Info.HistorySizeBytes,
        "StateTransitionCount" => (double)Info.StateTransitionCount,
        "ParentWorkflowId" => Info.ParentExecution?.WorkflowId,
        "ParentRunId" => Info.ParentExecution?.RunId,
        "RootWorkflowId" => Info.RootExecution?.WorkflowId,
        "RootRunId" => Info.RootExecution?.RunId,
        _ => Info.SearchAttributes.IndexedFields.TryGetValue(attribute, out var payload) ? AttributePayload.Read(payload) : null,
    };
}
