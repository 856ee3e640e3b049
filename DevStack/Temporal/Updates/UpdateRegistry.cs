using System.Collections.Concurrent;
using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Executions;
using Stedi.DevStack.Temporal.Engine.Transitions;
using Temporalio.Api.Protocol.V1;
using Temporalio.Api.Update.V1;

namespace Stedi.DevStack.Temporal.Updates;

/// <summary>The pending updates. Delivers them to workers with workflow tasks.</summary>
public sealed class UpdateRegistry : ICommitListener
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, PendingUpdate>> _byRun = new();
    private long _lastSequence;

    /// <summary>Admits an update, or returns the one of the same id. The caller must hold the run's lease.</summary>
    /// <exception cref="RequestException">The run is closed and has no such update.</exception>
    public PendingUpdate Admit(Transaction tx, Request request)
    {
        if (Find(tx, request.Meta.UpdateId) is { } known)
        {
            return known;
        }

        if (!tx.State.IsRunning)
        {
            throw RpcErrors.AlreadyCompleted();
        }

        var update = Add(tx, request);
        if (tx.State.WorkflowTask.Phase == WorkflowTaskPhase.None)
        {
            // Delivered with a normal task, not a speculative one: see ADR 12.
            tx.MarkDirty();
            tx.RequestWorkflowTask();
        }

        return update;
    }

    /// <summary>An update by id, from memory or from the run's state.</summary>
    public PendingUpdate? Find(Transaction tx, string updateId)
    {
        if (_byRun.TryGetValue(tx.State.RunId, out var ofRun) && ofRun.TryGetValue(updateId, out var pending))
        {
            return pending;
        }

        if (!tx.State.Updates.TryGetValue(updateId, out var state))
        {
            return null;
        }

        var update = Add(tx, new() { Meta = new() { UpdateId = updateId } });
        Settle(update, state, tx.State);
        return update;
    }

    /// <summary>Whether an update has not been delivered with any workflow task yet.</summary>
    public bool HasUnsent(ExecutionState state) => Waiting(state).Any(u => u.AttachedTo == 0);

    /// <summary>Adds the run's waiting updates to a workflow task that has just started, in the order of admission.</summary>
    /// <param name="response">The poll response of the task.</param>
    /// <param name="state">The run.</param>
    /// <param name="isRunCached">Whether the worker has the run cached, including the requests it was sent before.</param>
    public void AttachTo(PollWorkflowTaskQueueResponse response, ExecutionState state, bool isRunCached)
    {
        foreach (var update in Waiting(state).Where(u => u.AttachedTo == 0 || !isRunCached))
        {
            update.AttachedTo = state.WorkflowTask.Stamp;
            response.Messages.Add(new Message
            {
                Id = $"{update.Id}/request",
                ProtocolInstanceId = update.Id,
                EventId = state.WorkflowTask.StartedEventId - 1,
                Body = Any.Pack(update.Request),
            });
        }
    }

    /// <summary>The updates that a worker may accept, by id.</summary>
    public IReadOnlyDictionary<string, Request> AdmittedOf(ExecutionState state) => Waiting(state).ToDictionary(u => u.Id, u => u.Request);

    /// <summary>Completes an update that a worker's validator rejected. Nothing is written to history.</summary>
    public void Reject(string runId, string updateId, Failure failure)
    {
        if (_byRun.TryGetValue(runId, out var ofRun) && ofRun.TryRemove(updateId, out var update))
        {
            update.Complete(new() { Failure = failure });
        }
    }

    /// <summary>Rejects the updates that the worker ignored in the completed workflow task; otherwise they would be sent again and again.</summary>
    public void RejectIgnored(ExecutionState state, int stamp)
    {
        foreach (var update in Waiting(state).Where(u => u.AttachedTo == stamp).ToArray())
        {
            Reject(state.RunId, update.Id, new()
            {
                Message = "Workflow Update is rejected because it wasn't processed by worker. Probably, Workflow Update is not supported by the worker.",
                Source = "Server",
                ApplicationFailureInfo = new() { Type = "UnprocessedUpdate", NonRetryable = true },
            });
        }
    }

    public void OnCommitted(Transaction transaction)
    {
        var state = transaction.State;
        if (!_byRun.TryGetValue(state.RunId, out var ofRun))
        {
            return;
        }

        foreach (var update in ofRun.Values)
        {
            state.Updates.TryGetValue(update.Id, out var durable);
            Settle(update, durable, state);
            if (update.IsCompleted)
            {
                ofRun.TryRemove(update.Id, out _);
            }
        }
    }

    public void OnDeleted(string runId) => _byRun.TryRemove(runId, out _);

    private static void Settle(PendingUpdate update, UpdateState? durable, ExecutionState state)
    {
        if (durable is { Phase: UpdatePhase.Completed, Outcome: { } outcome })
        {
            update.Complete(outcome);
        }
        else if (durable is not null && state.IsRunning)
        {
            update.Accept();
        }
        else if (durable is not null)
        {
            update.Complete(new()
            {
                Failure = new()
                {
                    Message = "Workflow Update failed because the Workflow completed before the Update completed.",
                    Source = "Server",
                    ApplicationFailureInfo = new() { Type = "AcceptedUpdateCompletedWorkflow", NonRetryable = true },
                },
            });
        }
        else if (!state.IsRunning)
        {
            update.Abort(PendingUpdate.RunClosedError(state.SuccessorRunId.Length > 0));
        }
    }

    private PendingUpdate Add(Transaction tx, Request request)
    {
        var update = new PendingUpdate(tx.Execution.Reference, request, Interlocked.Increment(ref _lastSequence));
        return _byRun.GetOrAdd(tx.State.RunId, _ => new())[update.Id] = update;
    }

    private IEnumerable<PendingUpdate> Waiting(ExecutionState state) => _byRun.TryGetValue(state.RunId, out var ofRun)
        ? ofRun.Values.Where(u => !u.IsCompleted && !state.Updates.ContainsKey(u.Id)).OrderBy(u => u.Sequence)
        : [];
}
