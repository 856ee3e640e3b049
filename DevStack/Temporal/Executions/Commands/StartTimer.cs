namespace Stedi.DevStack.Temporal.Executions.Commands;

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
    }
}
