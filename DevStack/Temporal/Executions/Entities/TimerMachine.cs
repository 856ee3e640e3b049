namespace Stedi.DevStack.Temporal.Executions.Entities;

/// <summary>The user timer.</summary>
public static class TimerMachine
{
    public static readonly Transition<TimerState, TimerPhase, Nothing> Fire = new(
        nameof(Fire), [TimerPhase.Running], TimerPhase.Fired, static (timer, tx, _) => tx.Append(new()
        {
            TimerFiredEventAttributes = new() { TimerId = timer.TimerId, StartedEventId = timer.StartedEventId },
        }));

    /// <summary>Cancelling wins over a firing the workflow has not seen: the buffered event goes away.</summary>
    public static readonly Transition<TimerState, TimerPhase, HistoryEvent> Cancel = new(
        nameof(Cancel), [TimerPhase.Running, TimerPhase.Fired], TimerPhase.Canceled, static (timer, tx, canceled) =>
        {
            tx.State.Buffered.RemoveAll(e => e.TimerFiredEventAttributes?.TimerId == timer.TimerId);
            tx.Append(canceled);
        });
}
