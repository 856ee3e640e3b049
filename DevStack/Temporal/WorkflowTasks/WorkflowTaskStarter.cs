using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Transitions;
using Stedi.DevStack.Temporal.Queries;
using Stedi.DevStack.Temporal.Rpc;
using Stedi.DevStack.Temporal.Updates;

namespace Stedi.DevStack.Temporal.WorkflowTasks;

/// <summary>Starts a scheduled workflow task for a worker and attaches the queries and updates that wait for one.</summary>
public sealed class WorkflowTaskStarter(QueryRegistry queries, UpdateRegistry updates)
{
    /// <param name="tx">The run.</param>
    /// <param name="queue">The queue from which the worker took the task. From its sticky queue it gets only the events it has not seen.</param>
    /// <param name="identity">The worker's identity.</param>
    public PollWorkflowTaskQueueResponse Start(Transaction tx, string queue, string identity)
    {
        var (state, task) = (tx.State, tx.State.WorkflowTask);
        var isRunCached = state.StickyQueue.Length > 0 && queue == state.StickyQueue;
        WorkflowTaskMachine.Start.Fire(task, tx, new(identity, Guid.NewGuid().ToString()));
        var response = WorkflowTaskResponses.Of(tx.Execution, isRunCached);
        updates.AttachTo(response, state, isRunCached);
        queries.AttachTo(response, state.RunId, task.Stamp);
        return response;
    }
}

/// <summary>Builds the poll response of a started workflow task.</summary>
public static class WorkflowTaskResponses
{
    /// <param name="execution">The run.</param>
    /// <param name="isPartial">Whether to include only the events that the worker has not seen.</param>
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
