using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Transitions;
using Temporalio.Api.Query.V1;

namespace Stedi.DevStack.Temporal.Queries;

/// <summary>A query with a waiting caller.</summary>
public sealed class PendingQuery(string @namespace, string workflowId, string runId, WorkflowQuery query)
{
    private readonly TaskCompletionSource<WorkflowQueryResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Id { get; } = Guid.NewGuid().ToString();

    public string Namespace => @namespace;

    public string WorkflowId => workflowId;

    public string RunId => runId;

    public WorkflowQuery Query => query;

    /// <summary>The stamp of the workflow task that delivers this query, or 0.</summary>
    public int AttachedTo { get; set; }

    /// <summary>Whether it was dispatched as a query task.</summary>
    public bool IsDispatched { get; set; }

    public Task<WorkflowQueryResult> Answer => _answer.Task;

    public void Complete(WorkflowQueryResult result) => _answer.TrySetResult(result);

    public void Fail(Exception exception) => _answer.TrySetException(exception);
}

/// <summary>A query task, for a query of a run that has no workflow task to deliver it.</summary>
public sealed record QueryTask(QueueKey Queue, QueueKey NormalQueue, PendingQuery Query) : QueueItem(Queue)
{
    public override QueueItem ForAnyWorker => this with { Queue = NormalQueue };
}

/// <summary>Builds the poll response of a query task.</summary>
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
