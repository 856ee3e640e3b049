using Stedi.DevStack.Temporal.Executions.Entities;

namespace Stedi.DevStack.Temporal.Executions.Commands;

/// <summary>Cancels a user timer.</summary>
public sealed class CancelTimer : ICommandHandler
{
    public CommandType Type => CommandType.CancelTimer;

    public void Apply(Transaction tx, Command command, CommandScope scope)
    {
        var timerId = command.CancelTimerCommandAttributes.TimerId;
        if (!tx.State.Timers.TryGetValue(timerId, out var timer))
        {
            throw new BadCommandException(WorkflowTaskFailedCause.BadCancelTimerAttributes, $"There is no timer {timerId}.");
        }

        TimerMachine.Cancel.Fire(timer, tx, command.Event(new()
        {
            TimerCanceledEventAttributes = new()
            {
                TimerId = timerId,
                StartedEventId = timer.StartedEventId,
                WorkflowTaskCompletedEventId = scope.CompletedEventId,
            },
        }));
    }
}
