using Stedi.DevStack.Temporal.Executions.Entities;

namespace Stedi.DevStack.Temporal.Executions.Commands;

/// <summary>Cancels an activity: at once if no worker has it, by its next heartbeat otherwise.</summary>
public sealed class RequestCancelActivity : ICommandHandler
{
    public CommandType Type => CommandType.RequestCancelActivityTask;

    public void Apply(Transaction tx, Command command, CommandScope scope)
    {
        var scheduledEventId = command.RequestCancelActivityTaskCommandAttributes.ScheduledEventId;
        if (!tx.History.Contains(scheduledEventId) || tx.Execution.ScheduledActivity(scheduledEventId) is null)
        {
            throw new BadCommandException(
                WorkflowTaskFailedCause.BadRequestCancelActivityAttributes, $"No activity was scheduled by event {scheduledEventId}.");
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
