using Stedi.DevStack.Temporal.Engine.Executions;

namespace Stedi.DevStack.Temporal.Engine.Transitions;

/// <summary>Applies the outcome of an activity attempt: completion, failure, timeout or cancellation.</summary>
public static class ActivityOutcomes
{
    /// <summary>Completes an activity. A result above the size limit fails it without a retry, which would only produce the same result.</summary>
    public static void Complete(ActivityState activity, Transaction tx, Payloads? result, string identity)
    {
        if (result?.CalculateSize() > tx.Work.Settings.BlobSizeLimit)
        {
            Fail(activity, tx, new() { Message = "Complete result exceeds size limit.", Source = "Server", ServerFailureInfo = new() { NonRetryable = true } }, identity);
            return;
        }

        EnsureStarted(activity, tx, identity);
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
        EnsureStarted(activity, tx, identity);
        var decision = Retry(activity, tx, failure);
        if (decision.Delay is null)
        {
            ActivityMachine.Close.Fire(activity, tx, new()
            {
                ActivityTaskFailedEventAttributes = new()
                {
                    ScheduledEventId = activity.ScheduledEventId,
                    Failure = failure,
                    Identity = identity,
                    RetryState = decision.State,
                },
            });
        }
    }

    /// <summary>Schedule-to-start and schedule-to-close timeouts close the activity; the other two end only the attempt.</summary>
    public static void TimeOut(ActivityState activity, Transaction tx, TimeoutType type)
    {
        var failure = new Failure
        {
            Message = $"activity {type} timeout",
            Source = "Server",
            TimeoutFailureInfo = new() { TimeoutType = type, LastHeartbeatDetails = activity.HeartbeatDetails },
        };
        var decision = type is TimeoutType.StartToClose or TimeoutType.Heartbeat ? Retry(activity, tx, failure) : RetryDecision.Stop(RetryState.Timeout);
        if (decision.Delay is not null)
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
                RetryState = decision.State,
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
        var decision = DecideRetry(activity, tx, failure);
        if (decision.Delay is { } delay)
        {
            ActivityMachine.BackOff.Fire(activity, tx, new(failure, delay));
            ActivityOperatorActions.AfterAttempt(activity, tx);
        }

        return decision;
    }

    // A cancelled activity is not retried. One that an operator paused or reset always is, whatever its policy (Go: RetryActivity).
    private static RetryDecision DecideRetry(ActivityState activity, Transaction tx, Failure failure) =>
        activity.CancelRequestedEventId > 0 ? RetryDecision.Stop(RetryState.CancelRequested)
        : activity.PauseRequested || activity.ResetRequested ? new(TimeSpan.Zero, RetryState.InProgress)
        : RetrySchedule.Decide(activity.RetryPolicy, activity.Attempt, failure, tx.Now, Expiration(activity, tx.State));

    private static DateTimeOffset? Expiration(ActivityState activity, ExecutionState state) =>
        activity.Expiration is not { } own ? state.RunExpiration
        : state.RunExpiration is { } run && run < own ? run
        : own;

    // If it is completed by id before a worker took it, history still needs its started event.
    private static void EnsureStarted(ActivityState activity, Transaction tx, string identity)
    {
        if (activity.Phase != ActivityPhase.Started)
        {
            activity.StartedTime = tx.Now;
            activity.WorkerIdentity = identity;
            activity.Phase = ActivityPhase.Started;
        }
    }
}
