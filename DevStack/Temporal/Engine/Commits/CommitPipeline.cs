using System.Text;
using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Transitions;
using Stedi.DevStack.Temporal.Storage;

namespace Stedi.DevStack.Temporal.Engine.Commits;

/// <summary>Commits decisions: finishes them, stores all their changes as one batch, and then notifies the listeners.</summary>
public sealed class CommitPipeline(IStateStore store, RunCache runs)
{
    private ICommitListener[] _listeners = [];

    /// <summary>Sets the listeners, in the order of their notification. Call once, before the first commit.</summary>
    public void Subscribe(params ICommitListener[] all) => _listeners = all;

    /// <exception cref="TemporalServerException">The store failed; nothing of the decision is kept.</exception>
    public async Task CommitAsync(UnitOfWork work)
    {
        var dirty = work.Transactions.Where(t => t.IsDirty && !work.Deleted.Contains(t.State.RunId)).ToArray();
        if (dirty.Length == 0 && work.Deleted.Count == 0)
        {
            return;
        }

        var batch = new StoreBatch();
        foreach (var transaction in dirty)
        {
            transaction.Finish();
            Write(batch, transaction);
        }

        var currentRunId = WriteCurrent(batch, work);
        await store.CommitAsync(batch);

        runs.SetCurrent(work.Key, currentRunId);
        foreach (var transaction in dirty)
        {
            runs.Put(transaction.Execution);
            foreach (var listener in _listeners)
            {
                listener.OnCommitted(transaction);
            }
        }

        runs.Evict(work.Deleted);
        foreach (var runId in work.Deleted)
        {
            foreach (var listener in _listeners)
            {
                listener.OnDeleted(runId);
            }
        }
    }

    private static void Write(StoreBatch batch, Transaction transaction)
    {
        var runId = transaction.State.RunId;
        foreach (var e in transaction.WrittenEvents)
        {
            batch.Append(runId, e.EventId, e.ToByteArray());
        }

        RunRecords.Write(batch, transaction.Execution);
    }

    private string? WriteCurrent(StoreBatch batch, UnitOfWork work)
    {
        foreach (var runId in work.Deleted)
        {
            RunRecords.Delete(batch, runId);
        }

        if (work.NewCurrentRunId is { } created)
        {
            batch.Put(RecordKind.CurrentRun, work.Key.RecordKey, Encoding.UTF8.GetBytes(created));
            return created;
        }

        var current = runs.CurrentRunId(work.Key);
        if (current is not null && work.Deleted.Contains(current))
        {
            batch.Delete(RecordKind.CurrentRun, work.Key.RecordKey);
            return null;
        }

        return current;
    }
}
