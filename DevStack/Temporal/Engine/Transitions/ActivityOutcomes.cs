using Stedi.DevStack.Temporal.Engine.Executions;

namespace Stedi.DevStack.Temporal.Engine.Transitions;

/// <summary>What follows from a worker's answer, a timeout or a cancellation of an activity.</summary>
public static class ActivityOutcomes
{
    /// <summary>A result that is too large to keep fails the activity: trying again would only make it anew.</summary>
    public static void Complete(ActivityState activity, Transaction tx, Payloads? result, string identity)
    {
        if (result?.CalculateSize() > tx.Work.Settings.BlobSizeLimit)
        {
            Fail(activity, tx, new() { Message = "Complete result exceeds size limit.", Source = "Server", ServerFailureInfo = new() { NonRetryable = true } }, identity);
            return;
        }

        StartIfForced(activity, tx, identity);
        ActivityMachine.Close.Fire(activity, tx, new()
        {
            ActivityTaskCompletedEventAttributes = new()
            {
                ScheduledEventId = activity.ScheduledEventId,
                Result = result,
                Identity = identity,
            },
        });
    }

    public static void Fail(ActivityState activity, Transaction tx, Failure failure, string identity)
    {
        StartIfForced(activity, tx, identity);
        var verdict = Retry(activity, tx, failure);
        if (verdict.Delay is null)
        {
            ActivityMachine.Close.Fire(activity, tx, new()
            {
                ActivityTaskFailedEventAttributes = new()
                {
                    ScheduledEventId = activity.ScheduledEventId,
                    Failure = failure,
                    Identity = identity,
                    RetryState = verdict.State,
                },
            });
        }
    }

    /// <summary>Schedule-to-start and schedule-to-close end the activity; the other two only the attempt.</summary>
    public static void TimeOut(ActivityState activity, Transaction tx, TimeoutType type)
    {
        var failure = new Failure
        {
            Message = $"activity {type} timeout",
            Source = "Server",
            TimeoutFailureInfo = new() { TimeoutType = type, LastHeartbeatDetails = activity.HeartbeatDetails },
        };
        var verdict = type is TimeoutType.StartToClose or TimeoutType.Heartbeat ? Retry(activity, tx, failure) : RetryDecision.Stop(RetryState.Timeout);
        if (verdict.Delay is not null)
        {
            return;
        }

        failure.Cause = type == TimeoutType.ScheduleToClose ? activity.LastFailure : null;
        ActivityMachine.Close.Fire(activity, tx, new()
        {
            ActivityTaskTimedOutEventAttributes = new()
            {
                ScheduledEventId = activity.ScheduledEventId,
                Failure = failure,
                RetryState = verdict.State,
            },
        });
    }

    public static void Cancel(ActivityState activity, Transaction tx, Payloads? details, string identity) =>
        ActivityMachine.Close.Fire(activity, tx, new()
        {
            ActivityTaskCanceledEventAttributes = new()
            {
                ScheduledEventId = activity.ScheduledEventId,
                LatestCancelRequestedEventId = activity.CancelRequestedEventId,
                Details = details,
                Identity = identity,
            },
        });

    private static RetryDecision Retry(ActivityState activity, Transaction tx, Failure failure)
    {
        var verdict = Verdict(activity, tx, failure);
        if (verdict.Delay is { } delay)
        {
            ActivityMachine.BackOff.Fire(activity, tx, new(failure, delay));
            ActivityOperatorActions.AfterAttempt(activity, tx);
        }

        return verdict;
    }

    // A cancelled activity is not tried again. One that an operator paused or reset always is, whatever its policy says (Go: RetryActivity).
    private static RetryDecision Verdict(ActivityState activity, Transaction tx, Failure failure) =>
        activity.CancelRequestedEventId > 0 ? RetryDecision.Stop(RetryState.CancelRequested)
        : activity.PauseRequested || activity.ResetRequested ? new(TimeSpan.Zero, RetryState.InProgress)
        : RetrySchedule.Decide(activity.RetryPolicy, activity.Attempt, failure, tx.Now, Expiration(activity, tx.State));

    private static DateTimeOffset? Expiration(ActivityState activity, ExecutionState state) =>
        activity.Expiration is not { } own ? state.RunExpiration
        : state.RunExpiration is { } run && run < own ? run
        : own;

    // Completed by id before any worker took it: history still needs its started event.
    private static void StartIfForced(ActivityState activity, Transaction tx, string identity)
    {
        if (activity.Phase != ActivityPhase.Started)
        {
            activity.StartedTime = tx.Now;
            activity.WorkerIdentity = identity;
            activity.Phase = ActivityPhase.Started;
        }
    }
}
