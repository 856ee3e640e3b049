using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Stedi.DevStack.Temporal.Engine.Commits;
using Stedi.DevStack.Temporal.Engine.Executions;
using Stedi.DevStack.Temporal.Engine.Transitions;

namespace Stedi.DevStack.Temporal.Engine.Outbox;

/// <summary>Delivers the outbox messages of runs at least once, in order per run, without holding two leases at a time.</summary>
public sealed partial class OutboxDispatcher(TimeProvider clock, ILogger<OutboxDispatcher> logger) : ICommitListener, IAsyncDisposable
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, WorkflowKey> _pending = new();
    private readonly CancellationTokenSource _stopping = new();
    private MessageDelivery? _delivery;

    /// <summary>Whether no run has undelivered messages.</summary>
    public bool IsIdle => _pending.IsEmpty;

    /// <summary>Raised when the last message of a run has been delivered.</summary>
    public event Action? Idle;

    /// <summary>Starts the delivery, including the messages tracked before.</summary>
    public void Start(ExecutionDirectory executions)
    {
        _delivery = new(executions);
        foreach (var (runId, key) in _pending)
        {
            _ = Task.Run(() => DeliverAllAsync(runId, key));
        }
    }

    public void OnCommitted(Transaction transaction) => Track(transaction.State);

    public void OnDeleted(string runId) => _pending.TryRemove(runId, out _);

    public void Track(ExecutionState state)
    {
        var key = new WorkflowKey(state.Namespace, state.WorkflowId);
        if (state.Outbox.Count > 0 && _pending.TryAdd(state.RunId, key) && _delivery is not null)
        {
            _ = Task.Run(() => DeliverAllAsync(state.RunId, key));
        }
    }

    public async ValueTask DisposeAsync() => await _stopping.CancelAsync();

    private async Task DeliverAllAsync(string runId, WorkflowKey key)
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                if (!await _delivery!.DeliverNextAsync(runId, key, () => _pending.TryRemove(runId, out _)))
                {
                    Idle?.Invoke();
                    return;
                }
            }
            catch (Exception e)
            {
                // Whatever fails, the message stays in the outbox and is retried.
                LogFailed(e, runId);
                await Task.Delay(RetryDelay, clock, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(3, LogLevel.Error, "A message of run {RunId} could not be delivered; it will be retried")]
    private partial void LogFailed(Exception exception, string runId);
}
