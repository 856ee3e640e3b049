using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Executions;
using Stedi.DevStack.Temporal.Engine.Transitions;

namespace Stedi.DevStack.Temporal.Engine.Commands;

/// <summary>Schedules an activity; timeouts that are not set are derived from the others.</summary>
public sealed class ScheduleActivityTask : ICommandHandler
{
    public CommandType Type => CommandType.ScheduleActivityTask;

    public void Apply(Transaction tx, Command command, CommandScope scope)
    {
        var attributes = command.ScheduleActivityTaskCommandAttributes;
        Validate(tx, attributes);
        var (toClose, toStart, startToClose, heartbeat) = Timeouts(tx, attributes);
        var e = tx.Append(command.Event(new()
        {
            ActivityTaskScheduledEventAttributes = new()
            {
                ActivityId = attributes.ActivityId,
                ActivityType = attributes.ActivityType,
                TaskQueue = new()
                {
                    Name = string.IsNullOrEmpty(attributes.TaskQueue?.Name) ? tx.State.TaskQueue : attributes.TaskQueue.Name,
                    Kind = TaskQueueKind.Normal,
                },
                Header = attributes.Header,
                Input = attributes.Input,
                ScheduleToCloseTimeout = toClose.ToDuration(),
                ScheduleToStartTimeout = toStart.ToDuration(),
                StartToCloseTimeout = startToClose.ToDuration(),
                HeartbeatTimeout = heartbeat.ToDuration(),
                WorkflowTaskCompletedEventId = scope.CompletedEventId,
                RetryPolicy = RetrySchedule.Complete(attributes.RetryPolicy),
                Priority = attributes.Priority,
            },
        }));
        ActivityMachine.Enqueue.Fire(tx.State.Activities[e.EventId], tx, default);
    }

    private static void Validate(Transaction tx, Temporalio.Api.Command.V1.ScheduleActivityTaskCommandAttributes attributes)
    {
        if (attributes.ActivityId.Length == 0)
        {
            throw Bad($"ActivityId is not set on ScheduleActivityTaskCommand. ActivityType={attributes.ActivityType?.Name}");
        }

        if (string.IsNullOrEmpty(attributes.ActivityType?.Name))
        {
            throw Bad($"ActivityType is not set on ScheduleActivityTaskCommand. ActivityId={attributes.ActivityId}");
        }

        if (attributes.StartToCloseTimeout.ToSpan() == TimeSpan.Zero && attributes.ScheduleToCloseTimeout.ToSpan() == TimeSpan.Zero)
        {
            throw Bad($"A valid StartToClose or ScheduleToCloseTimeout is not set on ScheduleActivityTaskCommand. ActivityId={attributes.ActivityId} ActivityType={attributes.ActivityType.Name}");
        }

        if (tx.State.Activities.Values.Any(a => a.ActivityId == attributes.ActivityId && a.Phase != ActivityPhase.Closed))
        {
            throw new BadCommandException(WorkflowTaskFailedCause.ScheduleActivityDuplicateId, $"Activity with ActivityId={attributes.ActivityId} already exists.");
        }
    }

    // Like Go's commandAttrValidator.validateActivityScheduleAttributes.
    private static (TimeSpan ToClose, TimeSpan ToStart, TimeSpan StartToClose, TimeSpan Heartbeat) Timeouts(
        Transaction tx, Temporalio.Api.Command.V1.ScheduleActivityTaskCommandAttributes attributes)
    {
        var run = tx.Execution.Started.WorkflowRunTimeout.ToSpan();
        var toClose = Capped(attributes.ScheduleToCloseTimeout.ToSpan(), run);
        var toStart = Capped(attributes.ScheduleToStartTimeout.ToSpan(), toClose > TimeSpan.Zero ? toClose : run);
        var startToClose = Capped(attributes.StartToCloseTimeout.ToSpan(), toClose > TimeSpan.Zero ? toClose : run);
        toClose = toClose > TimeSpan.Zero ? toClose : run;
        toStart = toStart > TimeSpan.Zero ? toStart : toClose;
        startToClose = startToClose > TimeSpan.Zero ? startToClose : toClose;
        var heartbeat = attributes.HeartbeatTimeout.ToSpan();
        return (toClose, toStart, startToClose, heartbeat > TimeSpan.Zero ? Capped(heartbeat, startToClose) : heartbeat);
    }

    private static TimeSpan Capped(TimeSpan value, TimeSpan limit) =>
        limit > TimeSpan.Zero && value > limit ? limit : value;

    private static BadCommandException Bad(string message) => new(WorkflowTaskFailedCause.BadScheduleActivityAttributes, message);
}

/// <summary>Requests the cancellation of an activity. One that is not running is cancelled immediately; a running one learns of it with its next heartbeat.</summary>
public sealed class RequestCancelActivityTask : ICommandHandler
{
    public CommandType Type => CommandType.RequestCancelActivityTask;

    public void Apply(Transaction tx, Command command, CommandScope scope)
    {
        var scheduledEventId = command.RequestCancelActivityTaskCommandAttributes.ScheduledEventId;
        if (!tx.History.Contains(scheduledEventId) || tx.Execution.ScheduledActivity(scheduledEventId) is null)
        {
            throw new BadCommandException(
                WorkflowTaskFailedCause.BadRequestCancelActivityAttributes, $"Event {scheduledEventId} did not schedule an activity.");
        }

        tx.Append(command.Event(new()
        {
            ActivityTaskCancelRequestedEventAttributes = new()
            {
                ScheduledEventId = scheduledEventId,
                WorkflowTaskCompletedEventId = scope.CompletedEventId,
            },
        }));
        var isUnstarted = tx.State.Activities.TryGetValue(scheduledEventId, out var activity)
            && activity.Phase is ActivityPhase.Scheduled or ActivityPhase.BackingOff or ActivityPhase.Paused;
        if (isUnstarted)
        {
            ActivityOutcomes.Cancel(activity!, tx, details: null, identity: "");
        }
    }
}
