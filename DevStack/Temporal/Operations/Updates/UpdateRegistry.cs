using System.Collections.Concurrent;
using Stedi.DevStack.Temporal.Executions;
using Stedi.DevStack.Temporal.Executions.Entities;
using Stedi.DevStack.Temporal.Frontend;
using Temporalio.Api.Protocol.V1;
using Temporalio.Api.Update.V1;

namespace Stedi.DevStack.Temporal.Operations.Updates;

/// <summary>The updates somebody waits for, and their way to a worker: beside the next workflow task.</summary>
public sealed class UpdateRegistry : ICommitListener
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, PendingUpdate>> byRun = new();

    /// <summary>Admits an update, or finds the one of the same id. Called under the run's lease.</summary>
    /// <exception cref="RequestException">The run is closed and knows no such update.</exception>
    public PendingUpdate Admit(Transaction tx, Request request)
    {
        if (Find(tx, request.Meta.UpdateId) is { } known)
        {
            return known;
        }

        if (!tx.State.IsRunning)
        {
            throw Failures.AlreadyCompleted();
        }

        var update = new PendingUpdate(tx.Execution.Reference, request);
        byRun.GetOrAdd(tx.State.RunId, _ => new())[update.Id] = update;
        if (tx.State.WorkflowTask.Phase == WorkflowTaskPhase.None)
        {
            // An update carried by a normal task: see docs/adr on speculative ones.
            tx.Touch();
            tx.RequestWorkflowTask();
        }

        return update;
    }

    /// <summary>An update by id, from memory or from the run's state.</summary>
    public PendingUpdate? Find(Transaction tx, string updateId)
    {
        if (byRun.TryGetValue(tx.State.RunId, out var ofRun) && ofRun.TryGetValue(updateId, out var pending))
        {
            return pending;
        }

        if (!tx.State.Updates.TryGetValue(updateId, out var state))
        {
            return null;
        }

        var update = new PendingUpdate(tx.Execution.Reference, new() { Meta = new() { UpdateId = updateId } });
        byRun.GetOrAdd(tx.State.RunId, _ => new())[updateId] = update;
        Settle(update, state, tx.State);
        return update;
    }

    /// <summary>Whether a request other than those just answered waits for a workflow task to carry it.</summary>
    public bool HasUnsent(string runId, IEnumerable<Message> answers) =>
        Waiting(runId).ExceptBy(answers.Select(a => a.ProtocolInstanceId), u => u.Id).Any();

    /// <summary>Lets a workflow task that has just started carry what waits for its run.</summary>
    public void AttachTo(PollWorkflowTaskQueueResponse response, string runId, WorkflowTaskState task)
    {
        foreach (var update in Waiting(runId))
        {
            update.AttachedTo = task.Stamp;
            response.Messages.Add(new Message
            {
                Id = $"{update.Id}/request",
                ProtocolInstanceId = update.Id,
                EventId = task.StartedEventId - 1,
                Body = Any.Pack(update.Request),
            });
        }
    }

    /// <summary>The requests a worker may have accepted, by update id.</summary>
    public IReadOnlyDictionary<string, Request> AdmittedOf(string runId) => Waiting(runId).ToDictionary(u => u.Id, u => u.Request);

    /// <summary>A worker's validator refused; history never hears of it.</summary>
    public void Reject(string runId, string updateId, Failure failure)
    {
        if (byRun.TryGetValue(runId, out var ofRun) && ofRun.TryRemove(updateId, out var update))
        {
            update.Complete(new() { Failure = failure });
        }
    }

    public void OnCommitted(Transaction transaction)
    {
        var state = transaction.State;
        if (!byRun.TryGetValue(state.RunId, out var ofRun))
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

    public void OnDeleted(string runId) => byRun.TryRemove(runId, out _);

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
            update.Abort(PendingUpdate.RunIsGone(state.SuccessorRunId.Length > 0));
        }
    }

    private IEnumerable<PendingUpdate> Waiting(string runId) =>
        byRun.TryGetValue(runId, out var ofRun) ? ofRun.Values.Where(u => !u.IsAccepted && !u.IsCompleted) : [];
}
