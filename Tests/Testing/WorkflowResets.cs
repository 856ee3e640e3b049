using Temporalio.Api.Enums.V1;
using Temporalio.Client;

namespace Stedi.Testing;

/// <summary>Resets runs as the Temporal UI does.</summary>
public static class WorkflowResets
{
    /// <summary>The ids of the events that a run can be reset to: the ends of its workflow tasks, in order.</summary>
    public static async Task<IReadOnlyList<long>> TasksAsync(this WorkflowHandle run) =>
        [.. (await run.FetchHistoryAsync()).Events.Where(happened => happened.EventType == EventType.WorkflowTaskCompleted).Select(happened => happened.EventId)];

    /// <summary>Resets a run to one of its workflow tasks.</summary>
    /// <returns>The new run.</returns>
    public static async Task<WorkflowHandle> ResetAsync(this ITemporalClient client, string workflowId, string runId, long task)
    {
        var reset = await client.Connection.WorkflowService.ResetWorkflowExecutionAsync(new()
        {
            Namespace = client.Options.Namespace,
            WorkflowExecution = new() { WorkflowId = workflowId, RunId = runId },
            WorkflowTaskFinishEventId = task,
            RequestId = Guid.NewGuid().ToString(),
            Reason = "a test",
        });
        return client.GetWorkflowHandle(workflowId, reset.RunId);
    }
}
