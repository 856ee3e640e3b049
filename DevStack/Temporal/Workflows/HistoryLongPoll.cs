using System.Collections.Concurrent;
using Stedi.DevStack.Temporal.Engine.Transitions;

namespace Stedi.DevStack.Temporal.Workflows;

/// <summary>Lets long polls wait for the next commit of a run.</summary>
public sealed class HistoryLongPoll : ICommitListener
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waits = new();

    /// <summary>Completes with the next commit of the run. Call it before reading the run, so that no commit is missed.</summary>
    public Task NextCommit(string runId) =>
        _waits.GetOrAdd(runId, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void OnCommitted(Transaction transaction) => Signal(transaction.State.RunId);

    public void OnDeleted(string runId) => Signal(runId);

    private void Signal(string runId)
    {
        if (_waits.TryRemove(runId, out var wait))
        {
            wait.SetResult();
        }
    }
}
