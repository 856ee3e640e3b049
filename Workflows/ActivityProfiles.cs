using Temporalio.Common;
using Temporalio.Workflows;

namespace Stedi.Temporal.Workflows;

/// <summary>
/// Time limits and retries, named once with their reasons. What passes within seconds is retried inside an activity;
/// these policies are for what does not: a dead worker, an outage.
/// </summary>
public static class ActivityProfiles
{
    // An outage of an hour should not fail a nightly run; a permanent fault is non-retryable from the start.
    private static readonly RetryPolicy Patient = new()
    {
        InitialInterval = TimeSpan.FromSeconds(1),
        BackoffCoefficient = 2,
        MaximumInterval = TimeSpan.FromMinutes(1),
        MaximumAttempts = 0,
    };

    /// <summary>
    /// A step that waits for Athena or a crawler. It heartbeats, so a dead worker is found within
    /// <paramref name="heartbeatSeconds"/>; the query itself goes on meanwhile and the next attempt finds it again.
    /// </summary>
    public static ActivityOptions Query(int heartbeatSeconds, string summary) => new()
    {
        // Athena's own limit for a DML query is 30 minutes; queueing comes on top.
        StartToCloseTimeout = TimeSpan.FromHours(1),
        ScheduleToCloseTimeout = TimeSpan.FromHours(4),
        HeartbeatTimeout = TimeSpan.FromSeconds(heartbeatSeconds),
        RetryPolicy = Patient,
        // A cancelled step stops its query before the run ends.
        CancellationType = ActivityCancellationType.WaitCancellationCompleted,
        Summary = summary,
    };

    /// <summary>A step of a few calls to S3 and Glue.</summary>
    public static ActivityOptions Catalog(int heartbeatSeconds, string summary) => new()
    {
        StartToCloseTimeout = TimeSpan.FromMinutes(10),
        ScheduleToCloseTimeout = TimeSpan.FromHours(4),
        HeartbeatTimeout = TimeSpan.FromSeconds(heartbeatSeconds),
        RetryPolicy = Patient,
        CancellationType = ActivityCancellationType.WaitCancellationCompleted,
        Summary = summary,
    };

    /// <summary>Cleaning up after a run, whatever became of it: worth some patience, never worth failing or hanging for.</summary>
    public static ActivityOptions CleanUp(int heartbeatSeconds, string summary) => new()
    {
        StartToCloseTimeout = TimeSpan.FromMinutes(10),
        ScheduleToCloseTimeout = TimeSpan.FromMinutes(30),
        HeartbeatTimeout = TimeSpan.FromSeconds(heartbeatSeconds),
        RetryPolicy = new() { InitialInterval = TimeSpan.FromSeconds(1), MaximumAttempts = 5 },
        // The run may have been cancelled: that is a reason to clean up, not to stop cleaning up.
        CancellationToken = CancellationToken.None,
        Summary = summary,
    };
}
