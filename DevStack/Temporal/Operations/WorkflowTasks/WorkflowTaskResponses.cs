using Stedi.DevStack.Temporal.Executions.Entities;
using Stedi.DevStack.Temporal.Frontend;

namespace Stedi.DevStack.Temporal.Operations.WorkflowTasks;

/// <summary>The started workflow task as its worker gets it.</summary>
public static class WorkflowTaskResponses
{
    /// <param name="execution">The run.</param>
    /// <param name="isPartial">Whether it carries only what the worker has not seen.</param>
    public static PollWorkflowTaskQueueResponse Of(Execution execution, bool isPartial)
    {
        var (state, task) = (execution.State, execution.State.WorkflowTask);
        var response = new PollWorkflowTaskQueueResponse
        {
            TaskToken = new TaskToken(state.Namespace, state.WorkflowId, state.RunId, task.ScheduledEventId, task.Stamp).ToByteString(),
            WorkflowExecution = execution.Reference,
            WorkflowType = new() { Name = state.WorkflowType },
            PreviousStartedEventId = state.PreviousStartedEventId,
            StartedEventId = task.StartedEventId,
            Attempt = task.Attempt,
            History = new(),
            WorkflowExecutionTaskQueue = new() { Name = state.TaskQueue, Kind = TaskQueueKind.Normal },
            ScheduledTime = task.ScheduledTime.ToTimestamp(),
            StartedTime = task.StartedTime.ToTimestamp(),
        };
        response.History.Events.Add(execution.History.From(isPartial ? state.PreviousStartedEventId + 1 : 1));
        response.History.Events.Add(WorkflowTaskEvents.Transient(execution));
        return response;
    }
}
