using Stedi.DevStack.Temporal.Engine.Executions;

namespace Stedi.DevStack.Temporal.Engine.Transitions;

/// <summary>Pauses, unpauses and resets pending activities.</summary>
public static class ActivityOperatorActions
{
    public static void Pause(ActivityState activity, Transaction tx, string identity, string reason)
    {
        activity.PausedTime ??= tx.Now;
        activity.PauseIdentity = identity;
        activity.PauseReason = reason;
        activity.PauseRequested = true;
        tx.MarkDirty();
        if (ActivityMachine.Pause.IsPossible(activity))
        {
            ActivityMachine.Pause.Fire(activity, tx, default);
        }
    }

    public static void Unpause(ActivityState activity, Transaction tx, bool resetAttempts, bool resetHeartbeat)
    {
        activity.PausedTime = null;
        activity.PauseRequested = false;
        tx.MarkDirty();
        activity.Attempt = resetAttempts ? 1 : activity.Attempt;
        activity.HeartbeatDetails = resetHeartbeat ? null : activity.HeartbeatDetails;
        if (activity.Phase == ActivityPhase.Paused)
        {
            EnqueueNow(activity, tx);
        }
    }

    /// <summary>Restarts at attempt 1: immediately, or after the running attempt.</summary>
    public static void Reset(ActivityState activity, Transaction tx, bool keepPaused, bool resetHeartbeat)
    {
        tx.MarkDirty();
        if (!keepPaused)
        {
            activity.PausedTime = null;
            activity.PauseRequested = false;
        }

        if (activity.Phase == ActivityPhase.Started)
        {
            activity.ResetRequested = true;
            activity.ResetHeartbeats = resetHeartbeat;
            return;
        }

        activity.Attempt = 1;
        activity.HeartbeatDetails = resetHeartbeat ? null : activity.HeartbeatDetails;
        if (!activity.PauseRequested)
        {
            EnqueueNow(activity, tx);
        }
    }

    /// <summary>Applies a reset or pause that was requested while the attempt ran.</summary>
    internal static void AfterAttempt(ActivityState activity, Transaction tx)
    {
        if (activity.ResetRequested)
        {
            activity.ResetRequested = false;
            activity.Attempt = 1;
            activity.HeartbeatDetails = activity.ResetHeartbeats ? null : activity.HeartbeatDetails;
            activity.ResetHeartbeats = false;
        }

        if (activity.PauseRequested)
        {
            ActivityMachine.Pause.Fire(activity, tx, default);
        }
    }

    private static void EnqueueNow(ActivityState activity, Transaction tx)
    {
        activity.AttemptDue = tx.Now;
        ActivityMachine.Enqueue.Fire(activity, tx, default);
    }
}
