using Stedi.Temporal.Workflows.Contracts;
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
    /// The heartbeat time-out of activities, unless the worker that opens the run is configured otherwise. Longer than any single call, and
    /// than a pause of a busy worker.
    /// </summary>
    public static TimeSpan HeartbeatTimeout { get; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Options of a step that waits for Athena or a crawler. It heartbeats, so a crashed worker is detected within the heartbeat time-out.
    /// The query keeps running meanwhile, and the next attempt resumes it.
    /// </summary>
    public static ActivityOptions Query(RunContext run, string summary) => new()
    {
        // Athena's own limit for a DML query is 30 minutes, not counting time in the queue.
        StartToCloseTimeout = TimeSpan.FromHours(1),
        ScheduleToCloseTimeout = TimeSpan.FromHours(4),
        HeartbeatTimeout = HeartbeatTimeoutOf(run),
        RetryPolicy = Patient,
        // The run ends only after a cancelled step has stopped its query.
        CancellationType = ActivityCancellationType.WaitCancellationCompleted,
        Summary = summary,
    };

    /// <summary>Options of a step that makes a few calls to S3 and Glue.</summary>
    public static ActivityOptions Catalog(RunContext run, string summary) => new()
    {
        StartToCloseTimeout = TimeSpan.FromMinutes(10),
        ScheduleToCloseTimeout = TimeSpan.FromHours(4),
        HeartbeatTimeout = HeartbeatTimeoutOf(run),
        RetryPolicy = Patient,
        CancellationType = ActivityCancellationType.WaitCancellationCompleted,
        Summary = summary,
    };

    /// <summary>Options of clean-up and lineage steps. They give up after a few attempts, because a run must not fail or hang on them.</summary>
    public static ActivityOptions CleanUp(RunContext run, string summary) => new()
    {
        StartToCloseTimeout = TimeSpan.FromMinutes(10),
        ScheduleToCloseTimeout = TimeSpan.FromMinutes(30),
        HeartbeatTimeout = HeartbeatTimeoutOf(run),
        RetryPolicy = new() { InitialInterval = TimeSpan.FromSeconds(1), MaximumAttempts = 5 },
        // A cancelled run cleans up too.
        CancellationToken = CancellationToken.None,
        Summary = summary,
    };

    private static TimeSpan HeartbeatTimeoutOf(RunContext run) => run.HeartbeatSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : HeartbeatTimeout;
}
