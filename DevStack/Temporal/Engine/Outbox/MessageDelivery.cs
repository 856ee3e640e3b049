using Stedi.DevStack.Temporal.Engine.Commits;
using Stedi.DevStack.Temporal.Engine.Executions;
using Stedi.DevStack.Temporal.Engine.Transitions;

namespace Stedi.DevStack.Temporal.Engine.Outbox;

/// <summary>Delivers a message: reads it under the sender's lease, applies it under the receiver's, and records the outcome under the sender's.</summary>
internal sealed class MessageDelivery(ExecutionDirectory executions)
{
    private readonly ChildDelivery _children = new(executions);
    private readonly ExternalDelivery _externals = new(executions);

    /// <summary>Delivers the oldest message of a run and returns true. Without a message, calls <paramref name="onEmpty"/> under the lease and returns false.</summary>
    public async Task<bool> DeliverNextAsync(string runId, WorkflowKey sender, Action onEmpty)
    {
        var envelope = await executions.DecideAsync(sender, work => Read(work, runId, onEmpty));
        if (envelope is null)
        {
            return false;
        }

        Action<Transaction> settle = envelope.Message switch
        {
            StartChild start => await _children.StartAsync(envelope, start),
            NotifyParent notify => await _children.NotifyParentAsync(envelope, notify),
            CloseChild close => await _children.CloseAsync(envelope, close),
            SignalExternal signal => await _externals.SignalAsync(envelope, signal),
            CancelExternal cancel => await _externals.CancelAsync(envelope, cancel),
            _ => throw new InvalidOperationException($"Messages of type {envelope.Message.GetType().Name} cannot be delivered."),
        };
        await executions.DecideAsync(sender, work =>
        {
            if (work.Open(runId) is { } tx)
            {
                tx.MarkDirty();
                tx.State.Outbox.RemoveAll(m => m.Id == envelope.Message.Id);
                settle(tx);
            }

            return true;
        });
        return true;
    }

    private static Envelope? Read(UnitOfWork work, string runId, Action onEmpty)
    {
        if (work.Open(runId) is { State.Outbox: [var message, ..] } tx)
        {
            return new(tx.Execution, tx.State.Namespace, tx.Execution.Reference, message);
        }

        onEmpty();
        return null;
    }
}

/// <summary>A message and its sender. Only the sender's history may be read, because the sender is not leased.</summary>
internal sealed record Envelope(Execution Sender, string Namespace, WorkflowExecution Run, OutboxMessage Message)
{
    /// <summary>The request id by which the receiver recognizes a repeated delivery.</summary>
    public string RequestId(long initiatedEventId) => $"{Run.RunId}:{initiatedEventId}";
}
