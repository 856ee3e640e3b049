using Stedi.DevStack.Temporal.Common;

namespace Stedi.DevStack.Temporal.Engine.Transitions;

/// <summary>The decision about a failed attempt: the delay of a retry, or the reason why there is none.</summary>
public readonly record struct RetryDecision(TimeSpan? Delay, RetryState State)
{
    public static RetryDecision Stop(RetryState reason) => new(null, reason);
}

/// <summary>Calculates retries of activities and workflows.</summary>
public static class RetrySchedule
{
    private const double DefaultCoefficient = 2;
    private const int DefaultMaximumFactor = 100;
    private static readonly TimeSpan DefaultInitialInterval = TimeSpan.FromSeconds(1);

    /// <summary>Sets the defaults of a policy.</summary>
    public static RetryPolicy Complete(RetryPolicy? policy)
    {
        var complete = policy?.Clone() ?? new RetryPolicy();
        var initial = complete.InitialInterval.ToSpan() is var i && i > TimeSpan.Zero ? i : DefaultInitialInterval;
        complete.InitialInterval = initial.ToDuration();
        complete.BackoffCoefficient = complete.BackoffCoefficient == 0 ? DefaultCoefficient : complete.BackoffCoefficient;
        complete.MaximumInterval = complete.MaximumInterval.ToSpan() == TimeSpan.Zero
            ? (initial * DefaultMaximumFactor).ToDuration()
            : complete.MaximumInterval;
        return complete;
    }

    /// <summary>Whether to retry after the given attempt (the first is 1) failed.</summary>
    /// <param name="expiration">No retry starts at or after this time.</param>
    public static RetryDecision Decide(
        RetryPolicy? policy, int attempt, Failure failure, DateTimeOffset now, DateTimeOffset? expiration)
    {
        if (policy is null)
        {
            return RetryDecision.Stop(RetryState.RetryPolicyNotSet);
        }

        if (!IsRetryable(policy, failure))
        {
            return RetryDecision.Stop(RetryState.NonRetryableFailure);
        }

        if (policy.MaximumAttempts > 0 && attempt >= policy.MaximumAttempts)
        {
            return RetryDecision.Stop(RetryState.MaximumAttemptsReached);
        }

        var delay = failure.ApplicationFailureInfo?.NextRetryDelay is { } requested ? requested.ToSpan() : DelayAfter(policy, attempt);
        return expiration is { } end && now + delay >= end
            ? RetryDecision.Stop(RetryState.Timeout)
            : new(delay, RetryState.InProgress);
    }

    /// <summary>The backoff after an attempt.</summary>
    public static TimeSpan DelayAfter(RetryPolicy policy, int attempt)
    {
        var maximum = policy.MaximumInterval.ToSpan();
        var seconds = policy.InitialInterval.ToSpan().TotalSeconds * Math.Pow(policy.BackoffCoefficient, attempt - 1);
        return seconds >= maximum.TotalSeconds ? maximum : TimeSpan.FromSeconds(seconds);
    }

    private static bool IsRetryable(RetryPolicy policy, Failure failure) => failure.FailureInfoCase switch
    {
        Failure.FailureInfoOneofCase.TerminatedFailureInfo or Failure.FailureInfoOneofCase.CanceledFailureInfo => false,
        Failure.FailureInfoOneofCase.TimeoutFailureInfo =>
            failure.TimeoutFailureInfo.TimeoutType is TimeoutType.StartToClose or TimeoutType.Heartbeat
            && !policy.NonRetryableErrorTypes.Contains($"TemporalTimeout:{failure.TimeoutFailureInfo.TimeoutType}"),
        Failure.FailureInfoOneofCase.ServerFailureInfo => !failure.ServerFailureInfo.NonRetryable,
        Failure.FailureInfoOneofCase.ApplicationFailureInfo =>
            !failure.ApplicationFailureInfo.NonRetryable
            && !policy.NonRetryableErrorTypes.Contains(failure.ApplicationFailureInfo.Type),
        _ => true,
    };
}
