using System.Collections.Concurrent;
using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Executions;
using Stedi.DevStack.Temporal.Engine.Matching;
using Stedi.DevStack.Temporal.Engine.Transitions;
using Temporalio.Api.Query.V1;

namespace Stedi.DevStack.Temporal.Queries;

/// <summary>The pending queries. Delivers them to workers with the next workflow task, or as query tasks.</summary>
public sealed class QueryRegistry(TaskQueueDirectory queues) : ICommitListener
{
    private readonly ConcurrentDictionary<string, PendingQuery> _queries = new();
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, PendingQuery>> _byRun = new();

    public void Add(PendingQuery query)
    {
        _queries[query.Id] = query;
        _byRun.GetOrAdd(query.RunId, _ => new())[query.Id] = query;
    }

    public void Remove(PendingQuery query)
    {
        _queries.TryRemove(query.Id, out _);
        if (_byRun.TryGetValue(query.RunId, out var ofRun))
        {
            ofRun.TryRemove(query.Id, out _);
        }
    }

    /// <summary>Completes a query with a worker's answer. Returns false if nobody waits for it any more.</summary>
    public bool Answer(string queryId, WorkflowQueryResult result)
    {
        if (!_queries.TryGetValue(queryId, out var query))
        {
            return false;
        }

        query.Complete(result);
        return true;
    }

    /// <summary>Adds the run's waiting queries to a workflow task that has just started.</summary>
    public void AttachTo(PollWorkflowTaskQueueResponse response, string runId, int stamp)
    {
        foreach (var query in Waiting(runId).Where(q => !q.IsDispatched && q.AttachedTo == 0))
        {
            query.AttachedTo = stamp;
            response.Queries[query.Id] = query.Query;
        }
    }

    /// <summary>Dispatches waiting queries as query tasks if there is no workflow task to deliver them. The caller must hold the run's lease.</summary>
    public void Route(ExecutionState state)
    {
        foreach (var query in Waiting(state.RunId).Where(q => !q.IsDispatched))
        {
            if (query.AttachedTo != state.WorkflowTask.Stamp || state.WorkflowTask.Phase != WorkflowTaskPhase.Started)
            {
                query.AttachedTo = 0;
            }

            if (state.WorkflowTask.Phase == WorkflowTaskPhase.None && query.AttachedTo == 0)
            {
                Dispatch(query, state, sticky: true);
            }
        }
    }

    /// <summary>Dispatches a query task: to the sticky queue if allowed and still polled, else to the normal queue.</summary>
    public void Dispatch(PendingQuery query, ExecutionState state, bool sticky)
    {
        if (state.PreviousStartedEventId == 0)
        {
            if (!state.IsRunning)
            {
                query.Fail(RpcErrors.WorkflowNotReady("The workflow closed before a worker could process it."));
            }

            return;
        }

        query.IsDispatched = true;
        var normal = new QueueKey(state.Namespace, state.TaskQueue, QueueKind.Workflow);
        var key = sticky && queues.IsStickyRouteAlive(state) ? normal with { Name = state.StickyQueue } : normal;
        queues[key].Offer(new QueryTask(key, normal, query));
    }

    public void OnCommitted(Transaction transaction) => Route(transaction.State);

    public void OnDeleted(string runId) => _byRun.TryRemove(runId, out _);

    private IEnumerable<PendingQuery> Waiting(string runId) =>
        _byRun.TryGetValue(runId, out var ofRun) ? ofRun.Values.Where(q => !q.Answer.IsCompleted) : [];
}
