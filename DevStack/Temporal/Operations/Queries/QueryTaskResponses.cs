
namespace Stedi.DevStack.Temporal.Operations.Queries;

/// <summary>A query task as a worker gets it.</summary>
internal static class QueryTaskResponses
{
    public static PollWorkflowTaskQueueResponse Of(Execution execution, QueryTask task)
    {
        var state = execution.State;
        var response = new PollWorkflowTaskQueueResponse
        {
            TaskToken = ByteString.CopyFromUtf8(task.Query.Id),
            WorkflowExecution = execution.Reference,
            WorkflowType = new() { Name = state.WorkflowType },
            PreviousStartedEventId = state.PreviousStartedEventId,
            Attempt = 1,
            Query = task.Query.Query,
            History = new(),
            WorkflowExecutionTaskQueue = new() { Name = state.TaskQueue, Kind = TaskQueueKind.Normal },
            ScheduledTime = state.StartTime.ToTimestamp(),
            StartedTime = state.StartTime.ToTimestamp(),
        };
        if (state.StickyQueue.Length == 0 || task.Queue.Name != state.StickyQueue)
        {
            response.History.Events.Add(execution.History.From(1));
        }

        return response;
    }
}
