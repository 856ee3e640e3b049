using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Commits;
using Stedi.DevStack.Temporal.Engine.Executions;
using Stedi.DevStack.Temporal.Engine.Transitions;
using Stedi.DevStack.Temporal.Namespaces;
using Stedi.DevStack.Temporal.Queries;
using Stedi.DevStack.Temporal.Rpc;
using Stedi.DevStack.Temporal.Workers;

namespace Stedi.DevStack.Temporal.WorkflowTasks;

/// <summary>Long poll for a workflow or query task.</summary>
public sealed class PollWorkflowTaskQueue(
    NamespaceDirectory namespaces, ExecutionDirectory executions, PollLoop polls, WorkerDirectory workers, WorkflowTaskStarter starter)
    : IOperation<PollWorkflowTaskQueueRequest, PollWorkflowTaskQueueResponse>
{
    public async Task<PollWorkflowTaskQueueResponse> ExecuteAsync(PollWorkflowTaskQueueRequest request, CallContext call)
    {
        namespaces.Require(request.Namespace);
        if (string.IsNullOrEmpty(request.TaskQueue?.Name))
        {
            throw RpcErrors.InvalidArgument("TaskQueue is not set on request.");
        }

        var normalName = request.TaskQueue.NormalName.Length > 0 ? request.TaskQueue.NormalName : request.TaskQueue.Name;
        workers.RecordPoll(request.Namespace, request.WorkerInstanceKey, request.Identity, normalName, call);
        var key = new QueueKey(request.Namespace, request.TaskQueue.Name, QueueKind.Workflow);
        return await polls.PollAsync(key, request.Identity, request.WorkerInstanceKey, call, item => StartAsync(item, request.Identity)) ?? new();
    }

    private Task<PollWorkflowTaskQueueResponse?> StartAsync(QueueItem item, string identity) => item switch
    {
        ExecutionTask task => executions.DecideAsync(new WorkflowKey(task.Queue.Namespace, task.WorkflowId), work =>
            work.Open(task.RunId) is { } tx ? Start(tx, task, identity) : null),
        QueryTask { Query.Answer.IsCompleted: false } query => executions.DecideAsync(
            new WorkflowKey(query.Queue.Namespace, query.Query.WorkflowId), work =>
                work.Open(query.Query.RunId) is { } tx ? QueryTaskResponses.Of(tx.Execution, query) : null),
        _ => Task.FromResult<PollWorkflowTaskQueueResponse?>(null),
    };

    private PollWorkflowTaskQueueResponse? Start(Transaction tx, ExecutionTask reference, string identity)
    {
        var task = tx.State.WorkflowTask;
        if (!tx.State.IsRunning || task.Stamp != reference.Stamp || !WorkflowTaskMachine.Start.IsPossible(task))
        {
            return null;
        }

        return starter.Start(tx, reference.Queue.Name, identity);
    }
}
