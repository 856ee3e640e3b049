using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Executions;
using Stedi.DevStack.Temporal.Engine.Outbox;
using Stedi.DevStack.Temporal.Engine.Timers;
using Stedi.DevStack.Temporal.Engine.Transitions;

namespace Stedi.DevStack.Temporal.TimeSkipping;

/// <summary>
/// Moves the clock to the next deadline when the server only waits for time. Whether it is idle is read from state; only clients' locks are counted.
/// A running activity blocks skipping like a lock, because the duration of its code is unknown. A caller that sleeps on the
/// server's clock (UnlockTimeSkippingWithSleep) offsets one lock or running activity.
/// </summary>
public sealed class TimeSkipper(VirtualClock clock, TimerQueue timers, OutboxDispatcher outbox) : ICommitListener
{
    // .NET timers have a maximum; longer waits are repeated.
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _busyRuns = [];
    private readonly Dictionary<string, int> _runningActivities = [];
    private readonly List<DateTimeOffset> _sleepers = [];

    // A test server starts locked: time passes normally until a client waits for a result.
    private int _locks = 1;

    /// <summary>Why time cannot be skipped now, or <c>null</c> if it can.</summary>
    public string? BlockingReason()
    {
        lock (_gate)
        {
            return IdleReason_NeedsLock();
        }
    }

    public void Lock()
    {
        lock (_gate)
        {
            _locks++;
        }
    }

    public void Unlock()
    {
        lock (_gate)
        {
            _locks = Math.Max(0, _locks - 1);
        }

        SkipIfIdle();
    }

    /// <summary>Completes when the duration has passed on the server's clock.</summary>
    public async Task SleepUnlockedAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var until = clock.GetUtcNow() + duration;
        lock (_gate)
        {
            _sleepers.Add(until);
        }

        try
        {
            await WaitUntilAsync(until, cancellationToken);
        }
        finally
        {
            lock (_gate)
            {
                _sleepers.Remove(until);
            }
        }
    }

    public void OnCommitted(Transaction transaction)
    {
        Track(transaction.State);
        SkipIfIdle();
    }

    public void OnDeleted(string runId)
    {
        lock (_gate)
        {
            _busyRuns.Remove(runId);
            _runningActivities.Remove(runId);
        }
    }

    public void Track(ExecutionState state)
    {
        lock (_gate)
        {
            if (BusyReason(state) is { } reason)
            {
                _busyRuns[state.RunId] = reason;
            }
            else
            {
                _busyRuns.Remove(state.RunId);
            }

            if (state.IsRunning && state.Activities.Values.Count(a => a.Phase == ActivityPhase.Started) is > 0 and var running)
            {
                _runningActivities[state.RunId] = running;
            }
            else
            {
                _runningActivities.Remove(state.RunId);
            }
        }
    }

    /// <summary>Skips to the next deadline or the end of a sleep, if the server is idle.</summary>
    public void SkipIfIdle()
    {
        lock (_gate)
        {
            if (IdleReason_NeedsLock() is not null)
            {
                return;
            }

            var target = _sleepers.Cast<DateTimeOffset?>().Append(timers.NextDue).Min();
            if (target - clock.GetUtcNow() is { Ticks: > 0 } ahead)
            {
                clock.Skip(ahead);
            }
        }
    }

    private static string? BusyReason(ExecutionState state)
    {
        if (state.Outbox.Count > 0)
        {
            return $"{state.WorkflowId} has an undelivered message";
        }

        if (!state.IsRunning)
        {
            return null;
        }

        return state.WorkflowTask.Phase != WorkflowTaskPhase.None ? $"{state.WorkflowId} has a workflow task"
            : state.Activities.Values.FirstOrDefault(a => a.Phase == ActivityPhase.Scheduled) is { } activity
                ? $"{state.WorkflowId} waits for a worker to take activity {activity.ActivityId}"
            : null;
    }

    private string? IdleReason_NeedsLock() =>
        _locks + _runningActivities.Values.Sum() > _sleepers.Count ? $"{_locks} client lock(s), {_runningActivities.Values.Sum()} running activities"
        : _busyRuns.Values.FirstOrDefault() is { } busy ? busy
        : timers.IsFiring ? "a deadline is being processed"
        : !outbox.IsIdle ? "a message is being delivered"
        : null;

    private async Task WaitUntilAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        while (until - clock.GetUtcNow() is { Ticks: > 0 } left)
        {
            var skipped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            clock.Skipped += Wake;
            try
            {
                if (clock.GetUtcNow() < until)
                {
                    SkipIfIdle();
                    await Task.WhenAny(skipped.Task, Task.Delay(ProtobufTime.Min(left, LongestWait), clock, cancellationToken));
                    cancellationToken.ThrowIfCancellationRequested();
                }
            }
            finally
            {
                clock.Skipped -= Wake;
            }

            void Wake() => skipped.TrySetResult();
        }
    }
}
