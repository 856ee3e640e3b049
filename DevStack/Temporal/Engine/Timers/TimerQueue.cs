using Microsoft.Extensions.Logging;
using Stedi.DevStack.Temporal.Engine.Commits;
using Stedi.DevStack.Temporal.Engine.Executions;
using Stedi.DevStack.Temporal.Engine.Transitions;

namespace Stedi.DevStack.Temporal.Engine.Timers;

/// <summary>Processes the deadlines of runs when they are due.</summary>
public sealed partial class TimerQueue(VirtualClock clock, ILogger<TimerQueue> logger) : ICommitListener, IAsyncDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);
    private static readonly TimeSpan FailedRetryDelay = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly SortedSet<(DateTimeOffset Due, string RunId)> _due = [];
    private readonly Dictionary<string, (DateTimeOffset Due, WorkflowKey Key)> _runs = [];
    private readonly CancellationTokenSource _stopping = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _loop = Task.CompletedTask;

    /// <summary>The next deadline of any run, or <c>null</c>.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (_gate)
            {
                return _due.Count > 0 ? _due.Min.Due : null;
            }
        }
    }

    /// <summary>Raised when all due deadlines have been processed.</summary>
    public event Action? Idle;

    /// <summary>Whether due deadlines are being processed.</summary>
    public bool IsFiring { get; private set; }

    public void Start(ExecutionDirectory executions)
    {
        clock.Skipped += Wake;
        _loop = Task.Run(() => RunAsync(executions));
    }

    public void OnCommitted(Transaction transaction) => Track(transaction.State);

    public void OnDeleted(string runId)
    {
        lock (_gate)
        {
            Remove_NeedsLock(runId);
        }
    }

    /// <summary>Replaces the known deadline of a run by its next one.</summary>
    public void Track(ExecutionState state)
    {
        var next = Deadlines.Next(state);
        lock (_gate)
        {
            Remove_NeedsLock(state.RunId);
            if (next is { } deadline)
            {
                Add_NeedsLock(state.RunId, deadline.Due, new(state.Namespace, state.WorkflowId));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        clock.Skipped -= Wake;
        await _stopping.CancelAsync();
        await _loop;
    }

    private void Add_NeedsLock(string runId, DateTimeOffset at, WorkflowKey key)
    {
        _runs[runId] = (at, key);
        _due.Add((at, runId));
        if (_due.Min.RunId == runId)
        {
            _changed.TrySetResult();
        }
    }

    private void Remove_NeedsLock(string runId)
    {
        if (_runs.Remove(runId, out var known))
        {
            _due.Remove((known.Due, runId));
        }
    }

    private void Wake()
    {
        lock (_gate)
        {
            _changed.TrySetResult();
        }
    }

    private async Task RunAsync(ExecutionDirectory executions)
    {
        while (!_stopping.IsCancellationRequested)
        {
            var fired = TakeDue();
            await Task.WhenAll(fired.Select(run => FireAsync(executions, run.RunId, run.Key)));
            IsFiring = false;
            if (fired.Count > 0)
            {
                Idle?.Invoke();
            }

            await WaitAsync();
        }
    }

    private List<(string RunId, WorkflowKey Key)> TakeDue()
    {
        var now = clock.GetUtcNow();
        List<(string, WorkflowKey)> taken = [];
        lock (_gate)
        {
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            while (_due.Count > 0 && _due.Min.Due <= now)
            {
                var runId = _due.Min.RunId;
                taken.Add((runId, _runs[runId].Key));
                Remove_NeedsLock(runId);
                IsFiring = true;
            }
        }

        return taken;
    }

    private async Task FireAsync(ExecutionDirectory executions, string runId, WorkflowKey key)
    {
        try
        {
            await executions.DecideAsync(key, work =>
            {
                if (work.Open(runId) is { } transaction)
                {
                    DeadlineActions.FireDue(transaction);
                    if (!transaction.IsDirty)
                    {
                        Track(transaction.State);
                    }
                }

                return true;
            });
        }
        catch (Exception e)
        {
            // A failure of one run must not stop the deadlines of the others.
            LogFailed(e, runId);
            lock (_gate)
            {
                Add_NeedsLock(runId, clock.GetUtcNow() + FailedRetryDelay, key);
            }
        }
    }

    private async Task WaitAsync()
    {
        Task wake;
        TimeSpan wait;
        lock (_gate)
        {
            wake = _changed.Task;
            var untilNext = _due.Count > 0 ? _due.Min.Due - clock.GetUtcNow() : LongestWait;
            wait = untilNext > LongestWait ? LongestWait : untilNext;
        }

        if (wait > TimeSpan.Zero)
        {
            using var waitCancellation = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
            await Task.WhenAny(wake, Task.Delay(wait, clock, waitCancellation.Token));
            await waitCancellation.CancelAsync();
        }
    }

    [LoggerMessage(1, LogLevel.Error, "A deadline of run {RunId} could not be processed; it will be retried")]
    private partial void LogFailed(Exception exception, string runId);
}
