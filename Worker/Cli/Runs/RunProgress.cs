using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Workflow.V1;

namespace Stedi.Temporal.Worker.Cli.Runs;

/// <summary>
/// The steps of one run, from its history and its pending activities. The history has scheduled and ended activities;
/// only pending activities have retries and their reasons. Not thread-safe.
/// </summary>
public sealed class RunProgress
{
    // Recording lineage is not a step that users follow.
    private const string LineageActivity = "RecordLineage";

    private readonly List<RunStep> _steps = [];
    private readonly Dictionary<long, int> _byEvent = [];

    /// <summary>All steps, in the order in which they were scheduled.</summary>
    public IReadOnlyList<RunStep> Steps => _steps;

    /// <summary>Whether the run has ended.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Applies a history event. Events must be applied once and in order.</summary>
    /// <returns>The step that changed, if any.</returns>
    public RunStep? Apply(HistoryEvent e)
    {
        switch (e.EventType)
        {
            case EventType.ActivityTaskScheduled:
                return Add(e);
            case EventType.ActivityTaskStarted:
                return Change(e.ActivityTaskStartedEventAttributes.ScheduledEventId, step => step with { Attempt = Math.Max(1, e.ActivityTaskStartedEventAttributes.Attempt) });
            case EventType.ActivityTaskCompleted:
                var completed = e.ActivityTaskCompletedEventAttributes;
                return End(e, completed.ScheduledEventId, StepState.Done, StepResultSummary.Describe(completed.Result));
            case EventType.ActivityTaskFailed:
                return End(e, e.ActivityTaskFailedEventAttributes.ScheduledEventId, StepState.Failed, e.ActivityTaskFailedEventAttributes.Failure?.Message);
            case EventType.ActivityTaskTimedOut:
                return End(e, e.ActivityTaskTimedOutEventAttributes.ScheduledEventId, StepState.Failed, "It timed out.");
            case EventType.ActivityTaskCanceled:
                return End(e, e.ActivityTaskCanceledEventAttributes.ScheduledEventId, StepState.Cancelled, null);
            case EventType.WorkflowExecutionCompleted
                or EventType.WorkflowExecutionFailed
                or EventType.WorkflowExecutionTimedOut
                or EventType.WorkflowExecutionCanceled
                or EventType.WorkflowExecutionTerminated
                or EventType.WorkflowExecutionContinuedAsNew:
                IsClosed = true;
                return null;
            default:
                return null;
        }
    }

    /// <summary>Applies the server's list of pending activities.</summary>
    /// <returns>The steps that changed.</returns>
    public IReadOnlyList<RunStep> Apply(IEnumerable<PendingActivityInfo> pending)
    {
        var changed = new List<RunStep>();
        foreach (var activity in pending)
        {
            var index = _steps.FindIndex(step => step.ActivityId == activity.ActivityId);
            if (index < 0 || _steps[index].Until is not null)
            {
                continue;
            }

            var next = Update(_steps[index], activity);
            if (next != _steps[index])
            {
                _steps[index] = next;
                changed.Add(next);
            }
        }

        return changed;
    }

    private static RunStep Update(RunStep step, PendingActivityInfo activity) => step with
    {
        Attempt = Math.Max(1, activity.Attempt),
        Note = activity.LastFailure?.Message,
        State = activity switch
        {
            { Attempt: > 1 } or { LastFailure: not null } => StepState.Retrying,
            { State: PendingActivityState.Started } => StepState.Running,
            _ => StepState.Waiting,
        },
    };

    private RunStep? Add(HistoryEvent e)
    {
        var scheduled = e.ActivityTaskScheduledEventAttributes;
        if (scheduled.ActivityType.Name == LineageActivity)
        {
            return null;
        }

        var step = new RunStep
        {
            Name = StepResultSummary.Text(e.UserMetadata?.Summary) ?? scheduled.ActivityType.Name,
            ActivityId = scheduled.ActivityId,
            Since = Time(e.EventTime),
        };
        _byEvent[e.EventId] = _steps.Count;
        _steps.Add(step);
        return step;
    }

    private RunStep? End(HistoryEvent e, long scheduledEventId, StepState state, string? note) =>
        Change(scheduledEventId, step => step with { State = state, Until = Time(e.EventTime), Note = note });

    private RunStep? Change(long scheduledEventId, Func<RunStep, RunStep> change)
    {
        if (!_byEvent.TryGetValue(scheduledEventId, out var index))
        {
            return null;
        }

        return _steps[index] = change(_steps[index]);
    }

    private static DateTimeOffset Time(Timestamp? time) => time?.ToDateTimeOffset() ?? DateTimeOffset.UnixEpoch;
}

/// <summary>One step of a run.</summary>
public sealed record RunStep
{
    /// <summary>Its name, such as "Crawl customer_landing".</summary>
    public required string Name { get; init; }

    /// <summary>Temporal's id of the activity.</summary>
    public required string ActivityId { get; init; }

    /// <summary>When it was scheduled.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Its state.</summary>
    public StepState State { get; init; } = StepState.Waiting;

    /// <summary>When it ended; null before.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The number of the current or last attempt.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>A summary of its result, or the failure for which it is retried.</summary>
    public string? Note { get; init; }

    /// <summary>How long it has been running, or ran.</summary>
    public TimeSpan Elapsed(DateTimeOffset now) => (Until ?? now) - Since is { Ticks: > 0 } elapsed ? elapsed : TimeSpan.Zero;
}

/// <summary>The state of a step.</summary>
public enum StepState
{
    /// <summary>No worker has started it.</summary>
    Waiting,

    /// <summary>A worker executes it.</summary>
    Running,

    /// <summary>An attempt failed and another follows or is running.</summary>
    Retrying,

    /// <summary>It completed.</summary>
    Done,

    /// <summary>It failed and is not retried.</summary>
    Failed,

    /// <summary>It was cancelled.</summary>
    Cancelled,
}
