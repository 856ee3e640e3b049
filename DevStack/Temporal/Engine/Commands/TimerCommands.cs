using Stedi.DevStack.Temporal.Common;
using Stedi.DevStack.Temporal.Engine.Transitions;

namespace Stedi.DevStack.Temporal.Engine.Commands;

/// <summary>Starts a user timer.</summary>
public sealed class StartTimer : ICommandHandler
{
    public CommandType Type => CommandType.StartTimer;

    public void Apply(Transaction tx, Command command, CommandScope scope)
    {
        var attributes = command.StartTimerCommandAttributes;
        if (attributes.TimerId.Length == 0)
        {
            throw new BadCommandException(WorkflowTaskFailedCause.BadStartTimerAttributes, "TimerId is not set on StartTimerCommand.");
        }

        if (attributes.StartToFireTimeout.ToSpan() <= TimeSpan.Zero)
        {
            throw new BadCommandException(
                WorkflowTaskFailedCause.BadStartTimerAttributes, $"Invalid StartToFireTimeout on StartTimerCommand. TimerId={attributes.TimerId}");
        }

        if (tx.State.Timers.ContainsKey(attributes.TimerId))
        {
            throw new BadCommandException(WorkflowTaskFailedCause.StartTimerDuplicateId, $"Timer {attributes.TimerId} already exists.");
        }

        tx.Append(command.Event(new()
        {
            TimerStartedEventAttributes = new()
            {
                TimerId = attributes.TimerId,
                StartToFireTimeout = attributes.StartToFireTimeout,
                WorkflowTaskCompletedEventId = scope.CompletedEventId,
            },
        }));
        var timer = tx.State.Timers[attributes.TimerId];
        var earliest = tx.Now + tx.Work.Settings.ShortestTimer;
        timer.Due = timer.Due < earliest ? earliest : timer.Due;
    }
}

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
