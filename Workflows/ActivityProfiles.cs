using Temporalio.Common;
using Temporalio.Workflows;

namespace Stedi.Temporal.Workflows;

/// <summary>
/// The time-outs and retry policies of activities. Errors that pass within seconds are retried inside an activity; these
/// policies are for longer ones, such as a crashed worker or an outage.
/// </summary>
public static class ActivityProfiles
{
    // Unlimited attempts: an outage of an hour should not fail a nightly run, and permanent failures are non-retryable.
    private static readonly RetryPolicy Patient = new()
    {
        InitialInterval = TimeSpan.FromSeconds(1),
        BackoffCoefficient = 2,
        MaximumInterval = TimeSpan.FromMinutes(1),
        MaximumAttempts = 0,
    };

    /// <summary>
    /// Options of a step that waits for Athena or a crawler. It heartbeats, so a crashed worker is detected within
    /// <paramref name="heartbeatSeconds"/>. The query keeps running meanwhile, and the next attempt resumes it.
    /// </summary>
    public static ActivityOptions Query(int heartbeatSeconds, string summary) => new()
    {
        // Athena's own limit for a DML query is 30 minutes, not counting time in the queue.
        StartToCloseTimeout = TimeSpan.FromHours(1),
        ScheduleToCloseTimeout = TimeSpan.FromHours(4),
        HeartbeatTimeout = TimeSpan.FromSeconds(heartbeatSeconds),
        RetryPolicy = Patient,
        // The run ends only after a cancelled step has stopped its query.
        CancellationType = ActivityCancellationType.WaitCancellationCompleted,
        Summary = summary,
    };

    /// <summary>Options of a step that makes a few calls to S3 and Glue.</summary>
    public static ActivityOptions Catalog(int heartbeatSeconds, string summary) => new()
    {
        StartToCloseTimeout = TimeSpan.FromMinutes(10),
        ScheduleToCloseTimeout = TimeSpan.FromHours(4),
        HeartbeatTimeout = TimeSpan.FromSeconds(heartbeatSeconds),
        RetryPolicy = Patient,
        CancellationType = ActivityCancellationType.WaitCancellationCompleted,
        Summary = summary,
    };

    /// <summary>Options of clean-up and lineage steps. They give up after a few attempts, because a run must not fail or hang on them.</summary>
    public static ActivityOptions CleanUp(int heartbeatSeconds, string summary) => new()
    {
        StartToCloseTimeout = TimeSpan.FromMinutes(10),
        ScheduleToCloseTimeout = TimeSpan.FromMinutes(30),
        HeartbeatTimeout = TimeSpan.FromSeconds(heartbeatSeconds),
        RetryPolicy = new() { InitialInterval = TimeSpan.FromSeconds(1), MaximumAttempts = 5 },
        // A cancelled run cleans up too.
        CancellationToken = CancellationToken.None,
        Summary = summary,
    };
}
